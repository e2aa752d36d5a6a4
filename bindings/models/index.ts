/** All models, for `import … from "tapehead/models"`. */
import { AdaptiveComputationTime } from "./adaptiveComputationTime.js";
import { AttentionSeq2Seq } from "./attentionSeq2Seq.js";
import { NeuralTuringMachine } from "./neuralTuringMachine.js";
import { PointerNetwork } from "./pointerNetwork.js";
import { RecurrentNetwork } from "./recurrentNetwork.js";

export { AdaptiveComputationTime, type AdaptiveComputationTimeOptions } from "./adaptiveComputationTime.js";
export { AttentionSeq2Seq, type AttentionSeq2SeqOptions } from "./attentionSeq2Seq.js";
export { NeuralTuringMachine, type NeuralTuringMachineOptions } from "./neuralTuringMachine.js";
export { PointerNetwork, type PointerNetworkOptions } from "./pointerNetwork.js";
export type { Pointed, PointedBeam, PointOptions } from "../running/pointerRunner.js";
export { RecurrentNetwork, type RecurrentNetworkOptions } from "./recurrentNetwork.js";

/** Every class of models, for `load(bytes, { models })`. */
export const models = [NeuralTuringMachine, RecurrentNetwork, AdaptiveComputationTime, AttentionSeq2Seq, PointerNetwork] as const;
