/**
 * The interpreter: fetch an instruction, decode its operands, call its kernel.
 *
 * An instruction is a first word `opcode | words << 16`, then operands, sizes and scalars, a word each. An operand is
 * `register | element << 5`; the machine's registers hold base addresses. Kernels check nothing: the bindings planned
 * every buffer, and programs from outside are validated when they are loaded.
 */
import { circularConvolutionBackward, circularConvolutionForward } from "./kernels/addressing/circularConvolution";
import { contentSimilarityBackward, contentSimilarityForward } from "./kernels/addressing/contentSimilarity";
import { eraseAddBackward, eraseAddForward } from "./kernels/addressing/eraseAdd";
import { interpolateBackward, interpolateForward } from "./kernels/addressing/interpolate";
import { sharpenBackward, sharpenForward } from "./kernels/addressing/sharpen";
import { weightedReadBackward, weightedReadForward } from "./kernels/addressing/weightedRead";
import { addBackward, addForward } from "./kernels/elementwise/add";
import { affineBackward, affineForward } from "./kernels/elementwise/affine";
import { clipBackward, clipForward } from "./kernels/elementwise/clip";
import { divideBackward, divideForward } from "./kernels/elementwise/divide";
import { expBackward, expForward } from "./kernels/elementwise/exp";
import { fill } from "./kernels/elementwise/fill";
import { identityBackward, identityForward } from "./kernels/elementwise/identity";
import { logBackward, logForward } from "./kernels/elementwise/log";
import { multiplyBackward, multiplyForward } from "./kernels/elementwise/multiply";
import { reluBackward, reluForward } from "./kernels/elementwise/relu";
import { sigmoidBackward, sigmoidForward } from "./kernels/elementwise/sigmoid";
import { softplusBackward, softplusForward } from "./kernels/elementwise/softplus";
import { subtractBackward, subtractForward } from "./kernels/elementwise/subtract";
import { tanhBackward, tanhForward } from "./kernels/elementwise/tanh";
import { binaryCrossEntropyBackward, binaryCrossEntropyForward } from "./kernels/loss/binaryCrossEntropy";
import { bitErrors } from "./kernels/loss/bitErrors";
import {
  categoricalCrossEntropyBackward,
  categoricalCrossEntropyForward,
} from "./kernels/loss/categoricalCrossEntropy";
import { huberBackward, huberForward } from "./kernels/loss/huber";
import { squaredErrorBackward, squaredErrorForward } from "./kernels/loss/squaredError";
import { layerNormBackward, layerNormForward } from "./kernels/normalize/layerNorm";
import { logSoftmaxBackward, logSoftmaxForward } from "./kernels/normalize/logSoftmax";
import { maskedLogSoftmaxBackward, maskedLogSoftmaxForward } from "./kernels/normalize/maskedLogSoftmax";
import { maskedSoftmaxForward } from "./kernels/normalize/maskedSoftmax";
import { linearBackward, linearForward } from "./kernels/matrix/linear";
import { matmul, matmulTransposedA, matmulTransposedB } from "./kernels/matrix/matmul";
import { softmaxBackward, softmaxForward } from "./kernels/normalize/softmax";
import { adam, adamStep } from "./kernels/optimizer/adam";
import { allFinite } from "./kernels/optimizer/allFinite";
import { clipByNorm } from "./kernels/optimizer/clipByNorm";
import { clipByValue } from "./kernels/optimizer/clipByValue";
import { globalNorm } from "./kernels/optimizer/globalNorm";
import { rmsProp } from "./kernels/optimizer/rmsProp";
import { sgd } from "./kernels/optimizer/sgd";
import { sumBlocks } from "./kernels/optimizer/sumBlocks";
import { advance } from "./kernels/random/advance";
import { bits } from "./kernels/random/bits";
import { normal } from "./kernels/random/normal";
import { permutation } from "./kernels/random/permutation";
import { uniform } from "./kernels/random/uniform";
import { gruCellBackward, gruCellForward } from "./kernels/recurrent/gruCell";
import { lstmCellBackward, lstmCellForward } from "./kernels/recurrent/lstmCell";
import { broadcastBackward, broadcastForward } from "./kernels/reduce/broadcast";
import { maxBackward, maxForward } from "./kernels/reduce/max";
import { sumBackward, sumForward } from "./kernels/reduce/sum";
import { addBlocks, copyBlocks } from "./kernels/shape/copyBlocks";
import { gatherBackward, gatherForward } from "./kernels/shape/gather";
import { transposeBackward, transposeForward } from "./kernels/shape/transpose";
import { enter, enterBackward, loop, loopBackward, turn } from "./loops";
import { Status } from "./machine";
import { Opcode } from "./opcodes";
import { address as at, scalar, word } from "./words";

/** Runs instructions from `p` until one ends the block. Returns a Status. */
export function interpret(machine: usize, p: usize): i32 {
  while (true) {
    const head = load<u32>(p);
    switch (head & 0xffff) {
      // prettier-ignore
      default: return Status.badProgram;
      // prettier-ignore
      case Opcode.end: return Status.done;
      case Opcode.scanEnter: {
        if (!enter(machine, p)) return Status.stackOverflow;
        break;
      }
      case Opcode.scanLoop: {
        const status = loop(machine, p);
        if (status) return status;
        p += (<usize>word(p, 9)) << 2; // over the body
        break;
      }
      case Opcode.scanEnterBackward: {
        enterBackward(machine, p);
        break;
      }
      case Opcode.scanLoopBackward: {
        const status = loopBackward(machine, p);
        if (status) return status;
        p += (<usize>word(p, 5)) << 2;
        break;
      }
      case Opcode.scanTurn: {
        turn(machine, p);
        break;
      }
      case Opcode.expectFinite: {
        if (!allFinite(at(machine, p, 1), 0, word(p, 2))) return Status.notFinite;
        break;
      }

      case Opcode.identityForward: {
        identityForward(at(machine, p, 1), at(machine, p, 2), 0, word(p, 3));
        break;
      }
      case Opcode.identityBackward: {
        identityBackward(at(machine, p, 1), at(machine, p, 2), 0, word(p, 3));
        break;
      }
      case Opcode.fill: {
        fill(at(machine, p, 1), 0, word(p, 2), scalar(p, 3));
        break;
      }
      case Opcode.matmul: {
        matmul(
          at(machine, p, 1),
          at(machine, p, 2),
          at(machine, p, 3),
          word(p, 4),
          word(p, 5),
          word(p, 6),
          word(p, 7),
          0,
          word(p, 8),
        );
        break;
      }
      case Opcode.matmulTransposedA: {
        matmulTransposedA(
          at(machine, p, 1),
          at(machine, p, 2),
          at(machine, p, 3),
          word(p, 4),
          word(p, 5),
          word(p, 6),
          word(p, 7),
          0,
          word(p, 8),
        );
        break;
      }
      case Opcode.matmulTransposedB: {
        matmulTransposedB(
          at(machine, p, 1),
          at(machine, p, 2),
          at(machine, p, 3),
          word(p, 4),
          word(p, 5),
          word(p, 6),
          word(p, 7),
          0,
          word(p, 8),
        );
        break;
      }
      case Opcode.linearForward: {
        linearForward(
          at(machine, p, 1),
          at(machine, p, 2),
          at(machine, p, 3),
          at(machine, p, 4),
          word(p, 5),
          word(p, 6),
          0,
          word(p, 7),
        );
        break;
      }
      case Opcode.linearBackward: {
        linearBackward(at(machine, p, 1), at(machine, p, 2), word(p, 3), word(p, 4));
        break;
      }

      case Opcode.softmaxForward: {
        softmaxForward(at(machine, p, 1), at(machine, p, 2), word(p, 3), 0, word(p, 4));
        break;
      }
      case Opcode.softmaxBackward: {
        softmaxBackward(at(machine, p, 1), at(machine, p, 2), at(machine, p, 3), word(p, 4), 0, word(p, 5));
        break;
      }

      case Opcode.addForward: {
        addForward(at(machine, p, 1), at(machine, p, 2), at(machine, p, 3), 0, word(p, 4));
        break;
      }
      case Opcode.addBackward: {
        addBackward(at(machine, p, 1), at(machine, p, 2), at(machine, p, 3), 0, word(p, 4));
        break;
      }
      case Opcode.subtractForward: {
        subtractForward(at(machine, p, 1), at(machine, p, 2), at(machine, p, 3), 0, word(p, 4));
        break;
      }
      case Opcode.subtractBackward: {
        subtractBackward(at(machine, p, 1), at(machine, p, 2), at(machine, p, 3), 0, word(p, 4));
        break;
      }
      case Opcode.multiplyForward: {
        multiplyForward(at(machine, p, 1), at(machine, p, 2), at(machine, p, 3), 0, word(p, 4));
        break;
      }
      case Opcode.multiplyBackward: {
        multiplyBackward(
          at(machine, p, 1),
          at(machine, p, 2),
          at(machine, p, 3),
          at(machine, p, 4),
          at(machine, p, 5),
          0,
          word(p, 6),
        );
        break;
      }
      case Opcode.divideForward: {
        divideForward(at(machine, p, 1), at(machine, p, 2), at(machine, p, 3), 0, word(p, 4));
        break;
      }
      case Opcode.divideBackward: {
        divideBackward(
          at(machine, p, 1),
          at(machine, p, 2),
          at(machine, p, 3),
          at(machine, p, 4),
          at(machine, p, 5),
          0,
          word(p, 6),
        );
        break;
      }
      case Opcode.affineForward: {
        affineForward(at(machine, p, 1), at(machine, p, 2), 0, word(p, 3), scalar(p, 4), scalar(p, 5));
        break;
      }
      case Opcode.affineBackward: {
        affineBackward(at(machine, p, 1), at(machine, p, 2), 0, word(p, 3), scalar(p, 4));
        break;
      }
      case Opcode.clipForward: {
        clipForward(at(machine, p, 1), at(machine, p, 2), 0, word(p, 3), scalar(p, 4), scalar(p, 5));
        break;
      }
      case Opcode.clipBackward: {
        clipBackward(
          at(machine, p, 1),
          at(machine, p, 2),
          at(machine, p, 3),
          0,
          word(p, 4),
          scalar(p, 5),
          scalar(p, 6),
        );
        break;
      }
      case Opcode.expForward: {
        expForward(at(machine, p, 1), at(machine, p, 2), 0, word(p, 3));
        break;
      }
      case Opcode.expBackward: {
        expBackward(at(machine, p, 1), at(machine, p, 2), at(machine, p, 3), 0, word(p, 4));
        break;
      }
      case Opcode.logForward: {
        logForward(at(machine, p, 1), at(machine, p, 2), 0, word(p, 3));
        break;
      }
      case Opcode.logBackward: {
        logBackward(at(machine, p, 1), at(machine, p, 2), at(machine, p, 3), 0, word(p, 4));
        break;
      }
      case Opcode.reluForward: {
        reluForward(at(machine, p, 1), at(machine, p, 2), 0, word(p, 3));
        break;
      }
      case Opcode.reluBackward: {
        reluBackward(at(machine, p, 1), at(machine, p, 2), at(machine, p, 3), 0, word(p, 4));
        break;
      }
      case Opcode.sigmoidForward: {
        sigmoidForward(at(machine, p, 1), at(machine, p, 2), 0, word(p, 3));
        break;
      }
      case Opcode.sigmoidBackward: {
        sigmoidBackward(at(machine, p, 1), at(machine, p, 2), at(machine, p, 3), 0, word(p, 4));
        break;
      }
      case Opcode.softplusForward: {
        softplusForward(at(machine, p, 1), at(machine, p, 2), 0, word(p, 3));
        break;
      }
      case Opcode.softplusBackward: {
        softplusBackward(at(machine, p, 1), at(machine, p, 2), at(machine, p, 3), 0, word(p, 4));
        break;
      }
      case Opcode.tanhForward: {
        tanhForward(at(machine, p, 1), at(machine, p, 2), 0, word(p, 3));
        break;
      }
      case Opcode.tanhBackward: {
        tanhBackward(at(machine, p, 1), at(machine, p, 2), at(machine, p, 3), 0, word(p, 4));
        break;
      }

      case Opcode.broadcastForward: {
        broadcastForward(at(machine, p, 1), at(machine, p, 2), word(p, 3), word(p, 4), 0, word(p, 5));
        break;
      }
      case Opcode.broadcastBackward: {
        broadcastBackward(at(machine, p, 1), at(machine, p, 2), word(p, 3), word(p, 4), 0, word(p, 5));
        break;
      }
      case Opcode.sumForward: {
        sumForward(at(machine, p, 1), at(machine, p, 2), word(p, 3), word(p, 4), 0, word(p, 5));
        break;
      }
      case Opcode.sumBackward: {
        sumBackward(at(machine, p, 1), at(machine, p, 2), word(p, 3), word(p, 4), 0, word(p, 5));
        break;
      }
      case Opcode.maxForward: {
        maxForward(at(machine, p, 1), at(machine, p, 2), word(p, 3), word(p, 4), 0, word(p, 5));
        break;
      }
      case Opcode.maxBackward: {
        maxBackward(
          at(machine, p, 1),
          at(machine, p, 2),
          at(machine, p, 3),
          at(machine, p, 4),
          word(p, 5),
          word(p, 6),
          0,
          word(p, 7),
        );
        break;
      }

      case Opcode.logSoftmaxForward: {
        logSoftmaxForward(at(machine, p, 1), at(machine, p, 2), word(p, 3), 0, word(p, 4));
        break;
      }
      case Opcode.logSoftmaxBackward: {
        logSoftmaxBackward(at(machine, p, 1), at(machine, p, 2), at(machine, p, 3), word(p, 4), 0, word(p, 5));
        break;
      }
      case Opcode.maskedSoftmaxForward: {
        maskedSoftmaxForward(at(machine, p, 1), at(machine, p, 2), at(machine, p, 3), word(p, 4), 0, word(p, 5));
        break;
      }
      case Opcode.maskedLogSoftmaxForward: {
        maskedLogSoftmaxForward(at(machine, p, 1), at(machine, p, 2), at(machine, p, 3), word(p, 4), 0, word(p, 5));
        break;
      }
      case Opcode.maskedLogSoftmaxBackward: {
        maskedLogSoftmaxBackward(
          at(machine, p, 1),
          at(machine, p, 2),
          at(machine, p, 3),
          at(machine, p, 4),
          word(p, 5),
          0,
          word(p, 6),
        );
        break;
      }
      case Opcode.layerNormForward: {
        layerNormForward(
          at(machine, p, 1),
          at(machine, p, 2),
          at(machine, p, 3),
          at(machine, p, 4),
          at(machine, p, 5),
          word(p, 6),
          0,
          word(p, 7),
          scalar(p, 8),
        );
        break;
      }
      case Opcode.layerNormBackward: {
        layerNormBackward(
          at(machine, p, 1),
          at(machine, p, 2),
          at(machine, p, 3),
          at(machine, p, 4),
          at(machine, p, 5),
          at(machine, p, 6),
          at(machine, p, 7),
          word(p, 8),
          0,
          word(p, 9),
        );
        break;
      }

      case Opcode.binaryCrossEntropyForward: {
        binaryCrossEntropyForward(
          at(machine, p, 1),
          at(machine, p, 2),
          at(machine, p, 3),
          at(machine, p, 4),
          word(p, 5),
          0,
          word(p, 6),
        );
        break;
      }
      case Opcode.binaryCrossEntropyBackward: {
        binaryCrossEntropyBackward(
          at(machine, p, 1),
          at(machine, p, 2),
          at(machine, p, 3),
          at(machine, p, 4),
          at(machine, p, 5),
          word(p, 6),
          0,
          word(p, 7),
        );
        break;
      }
      case Opcode.categoricalCrossEntropyForward: {
        categoricalCrossEntropyForward(
          at(machine, p, 1),
          at(machine, p, 2),
          at(machine, p, 3),
          at(machine, p, 4),
          at(machine, p, 5),
          word(p, 6),
          0,
          word(p, 7),
        );
        break;
      }
      case Opcode.categoricalCrossEntropyBackward: {
        categoricalCrossEntropyBackward(
          at(machine, p, 1),
          at(machine, p, 2),
          at(machine, p, 3),
          at(machine, p, 4),
          at(machine, p, 5),
          at(machine, p, 6),
          word(p, 7),
          0,
          word(p, 8),
        );
        break;
      }
      case Opcode.squaredErrorForward: {
        squaredErrorForward(
          at(machine, p, 1),
          at(machine, p, 2),
          at(machine, p, 3),
          at(machine, p, 4),
          word(p, 5),
          0,
          word(p, 6),
        );
        break;
      }
      case Opcode.squaredErrorBackward: {
        squaredErrorBackward(
          at(machine, p, 1),
          at(machine, p, 2),
          at(machine, p, 3),
          at(machine, p, 4),
          at(machine, p, 5),
          word(p, 6),
          0,
          word(p, 7),
        );
        break;
      }
      case Opcode.huberForward: {
        huberForward(
          at(machine, p, 1),
          at(machine, p, 2),
          at(machine, p, 3),
          at(machine, p, 4),
          word(p, 5),
          0,
          word(p, 6),
          scalar(p, 7),
        );
        break;
      }
      case Opcode.huberBackward: {
        huberBackward(
          at(machine, p, 1),
          at(machine, p, 2),
          at(machine, p, 3),
          at(machine, p, 4),
          at(machine, p, 5),
          word(p, 6),
          0,
          word(p, 7),
          scalar(p, 8),
        );
        break;
      }
      case Opcode.bitErrors: {
        bitErrors(
          at(machine, p, 1),
          at(machine, p, 2),
          at(machine, p, 3),
          at(machine, p, 4),
          word(p, 5),
          0,
          word(p, 6),
        );
        break;
      }

      case Opcode.copyBlocks: {
        copyBlocks(
          at(machine, p, 1),
          at(machine, p, 2),
          word(p, 3),
          word(p, 4),
          word(p, 5),
          word(p, 6),
          word(p, 7),
          0,
          word(p, 8),
        );
        break;
      }
      case Opcode.addBlocks: {
        addBlocks(
          at(machine, p, 1),
          at(machine, p, 2),
          word(p, 3),
          word(p, 4),
          word(p, 5),
          word(p, 6),
          word(p, 7),
          0,
          word(p, 8),
        );
        break;
      }
      case Opcode.transposeForward: {
        transposeForward(at(machine, p, 1), at(machine, p, 2), word(p, 3), word(p, 4), 0, word(p, 5));
        break;
      }
      case Opcode.transposeBackward: {
        transposeBackward(at(machine, p, 1), at(machine, p, 2), word(p, 3), word(p, 4), 0, word(p, 5));
        break;
      }
      case Opcode.gatherForward: {
        gatherForward(at(machine, p, 1), at(machine, p, 2), at(machine, p, 3), word(p, 4), word(p, 5), 0, word(p, 6));
        break;
      }
      case Opcode.gatherBackward: {
        gatherBackward(at(machine, p, 1), at(machine, p, 2), at(machine, p, 3), word(p, 4), word(p, 5), 0, word(p, 6));
        break;
      }

      case Opcode.sgd: {
        sgd(at(machine, p, 1), at(machine, p, 2), at(machine, p, 3), at(machine, p, 4), 0, word(p, 5), scalar(p, 6));
        break;
      }
      case Opcode.rmsProp: {
        const n = word(p, 5);
        rmsProp(
          at(machine, p, 1),
          at(machine, p, 2),
          at(machine, p, 3),
          at(machine, p, 4),
          n,
          0,
          n,
          scalar(p, 6),
          scalar(p, 7),
          scalar(p, 8),
        );
        break;
      }
      case Opcode.adam: {
        const n = word(p, 5);
        adamStep(at(machine, p, 2), n);
        adam(
          at(machine, p, 1),
          at(machine, p, 2),
          at(machine, p, 3),
          at(machine, p, 4),
          n,
          0,
          n,
          scalar(p, 6),
          scalar(p, 7),
          scalar(p, 8),
          scalar(p, 9),
        );
        break;
      }
      case Opcode.clipByValue: {
        clipByValue(at(machine, p, 1), 0, word(p, 2), scalar(p, 3));
        break;
      }
      case Opcode.clipByNorm: {
        clipByNorm(at(machine, p, 1), at(machine, p, 2), 0, word(p, 3), scalar(p, 4));
        break;
      }
      case Opcode.globalNorm: {
        globalNorm(at(machine, p, 1), at(machine, p, 2), 0, word(p, 3));
        break;
      }
      case Opcode.sumBlocks: {
        sumBlocks(at(machine, p, 1), word(p, 2), word(p, 3), 0, word(p, 4));
        break;
      }

      case Opcode.uniform: {
        uniform(at(machine, p, 1), at(machine, p, 2), 0, word(p, 3), scalar(p, 4), scalar(p, 5));
        break;
      }
      case Opcode.normal: {
        normal(at(machine, p, 1), at(machine, p, 2), 0, word(p, 3), scalar(p, 4), scalar(p, 5));
        break;
      }
      case Opcode.bits: {
        bits(at(machine, p, 1), at(machine, p, 2), 0, word(p, 3));
        break;
      }
      case Opcode.permutation: {
        permutation(at(machine, p, 1), at(machine, p, 2), at(machine, p, 3), word(p, 4));
        break;
      }
      case Opcode.advance: {
        advance(at(machine, p, 1), at(machine, p, 2), word(p, 3));
        break;
      }

      case Opcode.lstmCellForward: {
        lstmCellForward(
          at(machine, p, 1),
          at(machine, p, 2),
          at(machine, p, 3),
          at(machine, p, 4),
          at(machine, p, 5),
          at(machine, p, 6),
          word(p, 7),
          0,
          word(p, 8),
        );
        break;
      }
      case Opcode.lstmCellBackward: {
        lstmCellBackward(
          at(machine, p, 1),
          at(machine, p, 2),
          at(machine, p, 3),
          at(machine, p, 4),
          at(machine, p, 5),
          at(machine, p, 6),
          at(machine, p, 7),
          word(p, 8),
          0,
          word(p, 9),
        );
        break;
      }
      case Opcode.gruCellForward: {
        gruCellForward(
          at(machine, p, 1),
          at(machine, p, 2),
          at(machine, p, 3),
          at(machine, p, 4),
          at(machine, p, 5),
          word(p, 6),
          0,
          word(p, 7),
        );
        break;
      }
      case Opcode.gruCellBackward: {
        gruCellBackward(
          at(machine, p, 1),
          at(machine, p, 2),
          at(machine, p, 3),
          at(machine, p, 4),
          at(machine, p, 5),
          at(machine, p, 6),
          at(machine, p, 7),
          word(p, 8),
          0,
          word(p, 9),
        );
        break;
      }

      case Opcode.contentSimilarityForward: {
        contentSimilarityForward(
          at(machine, p, 1),
          at(machine, p, 2),
          at(machine, p, 3),
          at(machine, p, 4),
          at(machine, p, 5),
          at(machine, p, 6),
          word(p, 7),
          word(p, 8),
          word(p, 9),
          0,
          word(p, 10),
          scalar(p, 11),
        );
        break;
      }
      case Opcode.contentSimilarityBackward: {
        contentSimilarityBackward(
          at(machine, p, 1),
          at(machine, p, 2),
          at(machine, p, 3),
          at(machine, p, 4),
          at(machine, p, 5),
          at(machine, p, 6),
          at(machine, p, 7),
          at(machine, p, 8),
          at(machine, p, 9),
          word(p, 10),
          word(p, 11),
          word(p, 12),
          0,
          word(p, 13),
          scalar(p, 14),
        );
        break;
      }
      case Opcode.interpolateForward: {
        interpolateForward(
          at(machine, p, 1),
          at(machine, p, 2),
          at(machine, p, 3),
          at(machine, p, 4),
          word(p, 5),
          0,
          word(p, 6),
        );
        break;
      }
      case Opcode.interpolateBackward: {
        interpolateBackward(
          at(machine, p, 1),
          at(machine, p, 2),
          at(machine, p, 3),
          at(machine, p, 4),
          at(machine, p, 5),
          at(machine, p, 6),
          at(machine, p, 7),
          word(p, 8),
          0,
          word(p, 9),
        );
        break;
      }
      case Opcode.circularConvolutionForward: {
        circularConvolutionForward(
          at(machine, p, 1),
          at(machine, p, 2),
          at(machine, p, 3),
          word(p, 4),
          word(p, 5),
          word(p, 6),
          0,
          word(p, 7),
        );
        break;
      }
      case Opcode.circularConvolutionBackward: {
        circularConvolutionBackward(
          at(machine, p, 1),
          at(machine, p, 2),
          at(machine, p, 3),
          at(machine, p, 4),
          at(machine, p, 5),
          word(p, 6),
          word(p, 7),
          word(p, 8),
          0,
          word(p, 9),
        );
        break;
      }
      case Opcode.sharpenForward: {
        sharpenForward(
          at(machine, p, 1),
          at(machine, p, 2),
          at(machine, p, 3),
          at(machine, p, 4),
          at(machine, p, 5),
          word(p, 6),
          0,
          word(p, 7),
        );
        break;
      }
      case Opcode.sharpenBackward: {
        sharpenBackward(
          at(machine, p, 1),
          at(machine, p, 2),
          at(machine, p, 3),
          at(machine, p, 4),
          at(machine, p, 5),
          at(machine, p, 6),
          at(machine, p, 7),
          word(p, 8),
          0,
          word(p, 9),
        );
        break;
      }
      case Opcode.weightedReadForward: {
        weightedReadForward(
          at(machine, p, 1),
          at(machine, p, 2),
          at(machine, p, 3),
          word(p, 4),
          word(p, 5),
          word(p, 6),
          0,
          word(p, 7),
        );
        break;
      }
      case Opcode.weightedReadBackward: {
        weightedReadBackward(
          at(machine, p, 1),
          at(machine, p, 2),
          at(machine, p, 3),
          at(machine, p, 4),
          at(machine, p, 5),
          word(p, 6),
          word(p, 7),
          word(p, 8),
          0,
          word(p, 9),
        );
        break;
      }
      case Opcode.eraseAddForward: {
        eraseAddForward(
          at(machine, p, 1),
          at(machine, p, 2),
          at(machine, p, 3),
          at(machine, p, 4),
          at(machine, p, 5),
          word(p, 6),
          word(p, 7),
          word(p, 8),
          0,
          word(p, 9),
        );
        break;
      }
      case Opcode.eraseAddBackward: {
        eraseAddBackward(
          at(machine, p, 1),
          at(machine, p, 2),
          at(machine, p, 3),
          at(machine, p, 4),
          at(machine, p, 5),
          at(machine, p, 6),
          at(machine, p, 7),
          at(machine, p, 8),
          at(machine, p, 9),
          word(p, 10),
          word(p, 11),
          word(p, 12),
          0,
          word(p, 13),
        );
        break;
      }
    }
    p += (<usize>(head >> 16)) << 2;
  }
}
