/**
 * A user's program that touches every public name, checked as strictly as a user may ask for against the declarations
 * in the tarball (tests/package.test.ts). It is never run.
 */
import {
  adam,
  type AnyTask,
  Batch,
  type BinarySource,
  type AdamOptions,
  type Checkpoint,
  type SaveOptions,
  CheckpointError,
  copyTask,
  type CopyTaskOptions,
  cosine,
  DisposedError,
  OutputError,
  Engine,
  type Curriculum,
  evaluate,
  type EvaluateOptions,
  linear,
  load,
  loadCheckpoint,
  LoadError,
  type LoadOptions,
  type Metrics,
  MemoryError,
  type Model,
  type ModelClass,
  NeuralTuringMachine,
  type NeuralTuringMachineOptions,
  NotFiniteError,
  type Objective,
  Random,
  RecurrentModel,
  rmsProp,
  type RMSPropOptions,
  type Rows,
  type RunOptions,
  type RunResult,
  save,
  type Schedule,
  type Sequence,
  type SeedOption,
  type Sequences,
  type Session,
  sgd,
  type SGDOptions,
  ShapeError,
  staircase,
  type Task,
  train,
  type Training,
  type TrainingStep,
  type TrainOptions,
  warmup,
  sequenceLayout,
  type Cut,
  type Method,
  type MethodOptions,
  type Methods,
  type Answer,
  type GenerateOptions,
  type CheckpointOptions,
  type Clip,
  type Feed,
  type Field,
  type ModelOptions,
  type Optimizer,
  type ParameterBlock,
  type StepFacts,
  type TrainingRecord,
  type Values,
  type Recorded,
  SequenceModel,
} from "tapehead";
import { Engine as CoreEngine, NeuralTuringMachine as CoreModel } from "tapehead/core";
import {
  defineOptimizer,
  type EmbeddingBagOptions,
  multiply,
  subtract,
  type OptimizerDefinition,
  type Tensor,
} from "tapehead/graph";
import { compileModel, type CompileModelOptions } from "tapehead/compile";
import {
  decode,
  type DecodeOptions,
  type Decoding,
  generate,
  type Generated,
  type GeneratedTarget,
  type Source,
} from "tapehead/decode";
import { type Imported, type ImportedModel, importModel, type ImportOptions, importSources } from "tapehead/import";
import {
  answerTexts,
  type AnswerOptions,
  type CompiledLearned,
  type Coverage,
  learn,
  type Learned,
  type LearningReport,
  type LearningState,
  type LearningStart,
  type LearningStep,
  learnedIn,
  learnSubwords,
  type LearnedMetadata,
  type LearnOptions,
  loadLearned,
  type Mistake,
  type Reading,
  readingOf,
  type Sides,
  type SubwordLimits,
  Subwords,
  symbolsOf,
  type TextAnswer,
  textOf,
  type TextPair,
} from "tapehead/learn";
import {
  hear,
  type Heard,
  type HearingCheckpoint,
  type HearOptions,
  readWav,
  type ReadWavOptions,
  RecordingError,
  type WavRecording,
  withoutSilence,
} from "tapehead/listen";
import * as everyMetamath from "tapehead/metamath";
import * as everyModel from "tapehead/models";
import * as everyParse from "tapehead/parse";
import { type CompiledPronouncer, type PronounceOptions, pronounceWords, type WordAnswer } from "tapehead/pronounce";
import * as everyQuestion from "tapehead/questions";
import * as everySearch from "tapehead/search";
import * as everySweep from "tapehead/sweep";
import * as everyTask from "tapehead/tasks";
import {
  type Aligning,
  type Alignment,
  type AlignmentAnswer,
  alignmentPage,
  type AlignmentPageOptions,
  type Label,
  type Labels,
  type ModelDescription,
  type ProgramAnswer,
  type ProgramDrawing,
  programPage,
  type ProgramPageOptions,
  type ProgramStep,
  type ProgramTable,
  type ProgramWord,
  type TraceAlignmentOptions,
  type Traceable,
  tracePage,
  type TracePageOptions,
} from "tapehead/trace";
import { Engine as FullEngine } from "tapehead/full";
import { Engine as ThreadedEngine, ThreadError, type ThreadsOptions } from "tapehead/threads";
import { type CompiledModel, type CompiledParameter, Engine as RunEngine, loadCompiled } from "tapehead/run";
import module from "tapehead/tapehead.wasm";
import fullModule from "tapehead/tapehead.full.wasm";
import threadsModule from "tapehead/tapehead.threads.wasm";
import "tapehead/worker";

export async function makeEngines(): Promise<Engine[]> {
  const compiled: WebAssembly.Module = module;
  const source: BinarySource = { module: compiled };
  return [
    await Engine.create(),
    await Engine.create(source),
    await CoreEngine.create({ module }),
    await CoreEngine.create({ url: new URL("https://example.com/tapehead.wasm") }),
    await CoreEngine.create({ bytes: new Uint8Array(8) }),
  ];
}

export async function trainOn(engine: Engine, seed: number): Promise<Uint8Array<ArrayBuffer>> {
  const sizes: NeuralTuringMachineOptions = { inputSize: 9, outputSize: 8, hiddenSize: 100, controller: "lstm", seed };
  const model = new NeuralTuringMachine(sizes);
  const taskOptions: CopyTaskOptions = { bits: 8, maxLength: 20, seed };
  const task: Task<"bitError"> = copyTask(taskOptions);
  const schedules: Schedule[] = [
    warmup(10, 1e-3),
    linear(1e-3, 1e-4, { end: 100 }),
    cosine(1e-3, { steps: 100 }),
    staircase(1e-3, { factor: 0.5, every: 10 }),
  ];
  const [learningRate] = schedules;
  if (!learningRate) throw new Error("no schedule");
  const ofAdam: AdamOptions = { learningRate, beta1: 0.9 };
  const ofRMSProp: RMSPropOptions = { decay: 0.95 };
  const ofSGD: SGDOptions = { momentum: 0.9 };
  const options: TrainOptions[] = [adam(ofAdam), rmsProp(ofRMSProp), sgd(ofSGD)].map((optimizer) => ({
    batch: 16,
    optimizer,
    clip: { norm: 10 },
    steps: 3,
    evaluate: { every: 2, length: 3 },
    checkpoint: { every: 2, write: (bytes: Uint8Array<ArrayBuffer>, step: number) => [bytes.length, step] },
  }));
  const training: Training<"bitError"> = train(engine, model, task, options[0]);
  for await (const report of training) {
    const { step, sequences, loss, bitError, gradientNorm, evaluation }: TrainingStep<"bitError"> = report;
    if (step + sequences + loss + bitError + gradientNorm + (evaluation?.loss ?? 0) > 100) break;
  }
  train(engine, model, task, { resume: training.checkpoint() });
  const measured: Metrics<"bitError"> = await evaluate(engine, model, task, {
    sequences: 10,
    length: 3,
  } as EvaluateOptions);
  if (measured.bitError > 4) return save(model);
  const checkpoint: Checkpoint<NeuralTuringMachine> = loadCheckpoint(save(model), { file: "copy.safetensors" });
  const saving: SaveOptions = { task, dtype: "f16" };
  return save(checkpoint.model, saving);
}

export function run(engine: Engine, model: RecurrentModel, inputs: Sequences): number {
  const options: RunOptions = { trace: ["readWeights"] };
  const { outputs, trace }: RunResult = model.run(engine, inputs, options);
  const weights: Rows | undefined = trace["readWeights"];
  const one: Sequence = [new Float32Array(9), [0, 1, 0, 1, 0, 1, 0, 1, 0]];
  using session: Session = model.session(engine);
  const logits: Float32Array = session.step(one[0] ?? []);
  return (outputs[0]?.[0] ?? 0) + (logits[0] ?? 0) + (weights?.shape.length ?? 0) + model.parameterCount;
}

export function explain(error: unknown): string {
  if (error instanceof CheckpointError) return error.reason;
  if (error instanceof ShapeError) return `${error.op} ${error.expected} ${error.actual}`;
  if (error instanceof NotFiniteError) return `${error.step} ${error.loss} ${error.parameter ?? ""}`;
  if (
    error instanceof MemoryError ||
    error instanceof LoadError ||
    error instanceof DisposedError ||
    error instanceof OutputError
  )
    return error.message;
  return String(error);
}

export function draw(task: Task): Batch {
  const batch = new Batch(sequenceLayout(task));
  task.generate(new Random(1, 0), 16, batch);
  return batch;
}

/** A model of any class, trained on another task: what it measures of itself has a type, too. */
export async function ponder(engine: Engine, bytes: Uint8Array, seeded: SeedOption): Promise<number> {
  const { AdaptiveComputationTime, models } = everyModel;
  const classes: LoadOptions<(typeof models)[number]> = { models };
  const loaded: Model<string> = load(bytes, classes);
  const every: readonly ModelClass[] = models;
  const model = load(bytes, { models: [AdaptiveComputationTime] });
  if (!every.length) return 0;
  const task = everyTask.parityTask({ bits: model.inputSize, ...seeded });
  for await (const { ponder, sequenceError } of train(engine, model, task)) return ponder + sequenceError;
  return loaded.parameterCount;
}

/** Sequence to sequence, from pairs to words that are said. */
export async function pronounce(seed: number): Promise<string[]> {
  const engine: Engine = await FullEngine.create();
  const compiled: WebAssembly.Module = fullModule;
  if (seed > 9) return [(await FullEngine.create({ module: compiled })).constructor.name];
  const pairs: everyTask.Pair[] = [[[..."cab"], ["K", "AE", "B"]]];
  const options: everyTask.PairsTaskOptions = { pairs, seed };
  const task: everyTask.PairTask = everyTask.pairsTask(options);
  const { sourceSymbols, targetSymbols } = task;
  const sizes: everyModel.AttentionSeq2SeqOptions = { sourceSymbols, targetSymbols, attention: "dot" };
  const model = new everyModel.AttentionSeq2Seq(sizes);
  const trained: Model = model;
  for await (const { symbolError, sequenceError } of train(engine, model, task))
    if (symbolError + sequenceError < 1) break;
  const asked: everyModel.TransduceOptions = { beam: 5, attention: true };
  const [said]: everyModel.Transduced[] = model.run(engine, ["cab"], asked);
  const best: everyModel.Beam | undefined = said?.beams[0];
  const rates: everyTask.ErrorRates = everyTask.errorRates([best?.symbols ?? []], [[["K", "AE", "B"]]]);
  const judged: everyTask.Judged[] = [{ score: said?.score ?? 0, isRight: true }];
  const calibration: everyTask.Calibration = everyTask.calibrate(judged, { precision: 0.9 });
  const { coverage }: everyTask.Acceptance = everyTask.acceptance(judged, 0.99);
  const stored = everyTask.calibrationIn(everyTask.calibrationMetadata(calibration)) ?? calibration;
  const confidence = everyTask.confidenceOf(stored, coverage - 1);
  const scored: everyTask.Scored = { source: "cab", answer: "K AE B", score: -0.1 };
  try {
    everyTask.expectSure(stored, scored, { least: everyTask.calibrationError([{ confidence, isRight: true }]) });
  } catch (error) {
    const guess: everyTask.Guess | undefined = error instanceof everyTask.UnsureError ? error.guess : undefined;
    if (!guess) throw error;
  }
  const read: everyTask.DateAnswer = everyTask.dateAnswer(
    everyTask.plainDate("(1998–05–09)"),
    { symbols: [..."1998-05-09"], score: -0.1 },
    { calibration: stored, least: 0.5 },
  );
  const others: readonly everyTask.DateReading[] = read.ambiguous?.others ?? [];
  const orders: everyTask.DateOrder[] = others.map(({ order }) => order);
  if (orders.length) throw new Error(read.iso);
  const spoken: string[] = [];
  for await (const symbol of model.decode(engine, "cab")) spoken.push(symbol);
  return rates.sequenceErrorRate + trained.parameterCount > 0 ? spoken : [];
}

/** Questions about stories, from a file of the data set or made up, and a batch of them by hand. */
export function memoryNetworks(engine: Engine, text: string, seed: number): number {
  const { babiQuestions, babiStory, babiSymbols, babiTask, babiTasks, parseBabi, parseBabiTasks } = everyTask;
  const [first]: readonly everyTask.BabiTaskQuestions[] = parseBabiTasks(text);
  const name: everyTask.BabiTask = babiTasks[0];
  const made: everyTask.BabiQuestion[] = [...babiStory(new Random(1), name), ...babiQuestions(new Random(2), name, 9)];
  const questions = [...made, ...parseBabi(text), ...(first?.questions ?? [])];
  const given: everyTask.BabiTaskOptions = { questions, symbols: babiSymbols(questions), linearSteps: 9 };
  const task: everyTask.StoryTask = babiTask(given);
  const { symbols, slots, words } = task;
  const encoding: everyModel.SentenceEncoding = "position";
  const tying: everyModel.MemoryTying = "adjacent";
  const sizes: everyModel.EndToEndMemoryNetworkOptions = { symbols, slots, words, encoding, tying, seed };
  const model = new everyModel.EndToEndMemoryNetwork(sizes);
  const embeddings: everyModel.MemoryEmbeddings = model.embeddings;
  const same: everyModel.MemoryEmbeddingsOptions = { words: 9, times: slots, width: 8, hops: 3, tying, deviation: 0.1 };
  const sentence: everyModel.Sentence = everyTask.wordsOf("Mary went to the hall.");
  const asked: everyModel.StoryQuestion = { story: [sentence], question: "Where is Mary?" };
  const read: everyModel.StoryAnswer = model.answer(engine, asked.story, asked.question);
  const drawing: everyModel.StoryDrawing = {
    story: ["Mary went to the hall."],
    question: "Where is Mary?",
    answer: model.answer(engine, asked.story, asked.question),
  };
  const page: everyModel.StoryPageOptions = { model };
  if (everyModel.storyPage(drawing, page).length < 9) return 0;
  const layout: everyTask.StoryLayoutOptions = { slots, words, times: true };
  const limits: everyTask.StoryLimits = layout;
  const numbered: everyTask.NumberedStory = { story: [[0]], question: [1], answer: 2 };
  const passages: everyTask.PassageLayoutOptions = { words, facts: 2 };
  everyTask.fillPassages(new Batch(everyTask.passageLayout(passages)), [numbered]);
  const attention: everyModel.EpisodeAttention = "softmax";
  const encoded: everyModel.FactEncoding = "fusion";
  const kind: everyModel.DynamicMemoryNetworkOptions = { symbols, slots, words, attention, encoding: encoded, seed };
  const dynamic = new everyModel.DynamicMemoryNetwork(kind);
  const told: everyModel.StoryAnswer = dynamic.answer(engine, asked.story, asked.question);
  if (everyModel.storyPage({ ...drawing, answer: told }, { model: dynamic, unit: "episode" }).length < 9) return 0;
  const features: everyModel.SentenceFeatures = "places";
  const hard: everyModel.MemoryNetworkOptions = { symbols, slots, words, features, seed };
  const chosen = new everyModel.MemoryNetwork(hard);
  if (chosen.answer(engine, asked.story, asked.question).attention.length !== 3) return 0;
  everyTask.fillStories(new Batch(everyTask.storyLayout(layout)), [numbered], { ...limits, symbols: symbols.length });
  const places: EmbeddingBagOptions = { slope: 4 };
  return (
    read.answer.length +
    read.attention.length +
    read.forgotten +
    embeddings.stories.length +
    same.width +
    (places.slope ?? 0)
  );
}

/** What somebody needs to know who writes a model of another kind. */
export function describe(objective: Objective, batch: Batch, task: AnyTask): string {
  const names = batch.fields.map(({ name, size }) => `${name} ${size}`);
  return `${Object.keys(objective.metrics)} ${names} ${task.name}`;
}

/** An optimizer of a user's own, and what training is told and keeps. */
export function descent(write: CheckpointOptions["write"], model: Model): TrainOptions {
  const definition: OptimizerDefinition<"last"> = {
    name: "descent",
    learningRate: 0.1,
    options: { mu: 0 },
    state: ["last"],
    update: ({ parameters, gradients, learningRate }) => ({
      parameters: subtract(parameters, multiply(learningRate, gradients)),
      last: gradients,
    }),
  };
  const optimizer: Optimizer = defineOptimizer(definition);
  const clip: Clip = { value: 1 };
  const { size }: ParameterBlock = model.parameters;
  return { optimizer, clip, checkpoint: { every: size, write } };
}

export const kept = ({ optimizer, seed }: TrainingRecord, { loss }: StepFacts): string =>
  `${optimizer.name} ${seed} ${loss}`;
export const sizesOf = (feed: Feed, values: Values): number[] =>
  feed.fields.map(({ size }: Field) => size).concat(values.data.length);

/** Sequences that grow as errors fall. */
export const growing: Curriculum = {
  first: [2],
  next: ([length = 2], { bitError = 1 }) => [bitError < 0.5 ? length + 1 : length],
};

/** What a model over whole sequences is told and gives. */
export function recorded(
  model: SequenceModel,
  { outputs }: { outputs: Recorded },
  answer: Answer,
  asked: GenerateOptions,
): ModelOptions {
  return {
    ...model.options,
    length: asked.length,
    metrics: Object.keys(outputs.metrics ?? {}),
    same: answer.mask === outputs.ys,
  };
}

/** Models that write programs, and what they wrote. */
export function programs(engine: Engine): readonly string[] {
  const {
    ArithmeticProgrammer,
    arithmeticOperations,
    extendedOperations,
    extendedWords,
    NeuralProgrammer,
    numericOperations,
    tableOperations,
    tableWords,
  } = everyModel;
  const arithmetic: everyTask.ArithmeticTaskOptions = { maxOperators: 2 };
  const { inputSize } = everyTask.arithmeticTask(arithmetic);
  const options: everyModel.ArithmeticProgrammerOptions = { inputSize, reach: 2 };
  const { lines }: everyModel.ArithmeticProgram = new ArithmeticProgrammer(options).induce(engine, "(1 + 2) * 3");
  const line: everyModel.ProgramLine | undefined = lines[0];
  const value: everyModel.ProgramValue | undefined = line?.first;

  const tables: everyTask.TableTaskOptions = { columns: 2 };
  const { inputSize: given, outputSize } = everyTask.tableTask({ ...tables, textColumns: 1 });
  const sizes: everyModel.NeuralProgrammerOptions = { inputSize: given, outputSize };
  const column: everyModel.ColumnName = { column: 2 };
  const literal: everyModel.Literal = { text: "Paris" };
  const question: readonly everyModel.QuestionToken[] = [
    "greater",
    1.5,
    { column: 1 },
    "and",
    "equal",
    literal,
    column,
    "count",
  ];
  const rows: readonly everyModel.TableRow[] = [[1, 2, "Paris"], new Float32Array(3)];
  const program: everyModel.TableProgram = new NeuralProgrammer(sizes).induce(engine, question, rows);
  const last: everyModel.TableLine | undefined = program.lines.at(-1);
  const operation: everyModel.TableOperation | undefined = last?.operation;
  const choices: everyModel.LineChoices | undefined = last?.choices;
  return [
    ...arithmeticOperations,
    ...extendedOperations,
    ...extendedWords,
    ...numericOperations,
    ...tableOperations,
    ...tableWords,
    value?.name ?? "",
    operation ?? "",
    `${choices?.columns.length}`,
  ];
}

/** A question in English about a table of cells as they are written. */
export function askedInEnglish(engine: Engine, model: everyModel.NeuralProgrammer): string {
  const { askTable, decimalMarks, QuestionError, questionTable, readQuestion } = everyQuestion;
  const mark: everyQuestion.DecimalMark | undefined = decimalMarks[0];
  const read: everyQuestion.QuestionTableOptions = { delimiter: ",", ...(mark && { decimal: mark }) };
  const written: everyQuestion.WrittenTable = { header: ["City", "Area"], rows: [["Basel", "23.9 km²"]] };
  const table: everyQuestion.QuestionTable = questionTable(written, read);
  const column: everyQuestion.QuestionColumn | undefined = table.columns[0];
  const options: everyQuestion.ReadingOptions = { guess: false };
  try {
    const { conditions, targets }: everyQuestion.Reading = readQuestion("how many cities", table, options);
    const condition: everyQuestion.Condition | undefined = conditions[0];
    const compared: everyQuestion.Comparing | undefined = condition?.kind === "compare" ? condition : undefined;
    const held: everyQuestion.Holding | undefined = condition?.kind === "hold" ? condition : undefined;
    const value: everyQuestion.Decimal | undefined = compared?.value;
    const target: everyQuestion.Target | undefined = targets[0];
    const reply: everyQuestion.TableReply = askTable(engine, model, table, "how many cities", options);
    return `${reply.digits} ${target?.aggregate} ${held?.isNegated} ${value?.places} ${column?.kind}`;
  } catch (error) {
    return error instanceof QuestionError ? error.words.join() : "";
  }
}

/** A model that writes what is said, and a page of where it listened. */
export function listened(engine: Engine, samples: Float32Array): string {
  const { ListenAttendSpell, MOST_SECONDS, RecordingError, resample, soundPage } = everyModel;
  const { digitSymbols, digitWords, spelled, spokenDigitsTask, utterance } = everyTask;
  const clip: everyTask.SpokenDigit = { digit: 7, speaker: "me", samples, sampleRate: 8000 };
  const options: everyTask.SpokenDigitsOptions = { maxDigits: 2, fillers: 0 };
  const task: everyTask.SpokenDigitsTask = spokenDigitsTask(options);
  const said: everyTask.DigitString = task.draw(new Random(1), { length: 2 });
  const pauses: everyTask.UtteranceOptions = {
    sampleRate: 8000,
    leastPause: 0,
    mostPause: 1,
    speedNoise: 0,
    backgroundNoise: 0,
  };
  const recording: everyModel.Recording = resample(clip, task.sampleRate);
  const sizes: everyModel.ListenAttendSpellOptions = { symbols: digitSymbols, hiddenSize: 8 };
  const model = new ListenAttendSpell(sizes);
  const framing: everyModel.Framing = model.framing;
  const about: everyModel.SoundPageOptions = { model, input: "a.wav" };
  try {
    const [answer] = model.run(engine, [recording], { attention: true });
    const drawing: everyModel.SoundDrawing = {
      samples: utterance(new Random(1), [said.samples, recording.samples], pauses),
      sampleRate: 8000,
      answer: { ...answer!, probability: 1 },
      seconds: framing.hop / 8000,
    };
    return soundPage(drawing, about) + spelled(said.digits) + digitWords[7] + MOST_SECONDS;
  } catch (error) {
    return error instanceof RecordingError ? error.message : "";
  }
}

/** A model that tells what is in a picture, and a page of where it looked. */
export function seen(engine: Engine, ink: Float32Array): string {
  const { ShowAttendTell, PictureError, picturePage } = everyModel;
  const { captionsTask, scatteredDigitsTask, scatteredSymbols } = everyTask;
  const digits: everyTask.WrittenDigit[] = [...scatteredSymbols.keys()].map((digit) => ({ digit, ink }));
  const options: everyTask.ScatteredDigitsOptions = { digits, maxDigits: 2, fillers: 0 };
  const task: everyTask.ScatteredDigitsTask = scatteredDigitsTask(options);
  const wanted: everyTask.DrawDigits = { length: 2, of: "all" };
  const canvas: everyTask.DigitCanvas = task.draw(new Random(1), wanted);
  const place: everyTask.DigitPlace | undefined = canvas.places[0];
  const captioned: everyTask.CaptionedPicture = { picture: canvas.picture, caption: ["two", "digits"] };
  const captions: everyTask.CaptionsOptions = { captions: [captioned], shift: 1 };
  const told: everyTask.CaptionsTask = captionsTask(captions);
  const attention: everyModel.PictureAttention = "soft";
  const size: everyModel.PictureSize = told;
  const sizes: everyModel.ShowAttendTellOptions = { ...size, symbols: told.symbols, attention };
  const model = new ShowAttendTell(sizes);
  const { rows, columns }: everyModel.PictureEncoder = model.encoder;
  const decoder: everyModel.Describer = model.decoder;
  const about: everyModel.PicturePageOptions = { model, input: "a.png" };
  try {
    const picture: everyModel.Picture = canvas.picture;
    const [answer] = model.run(engine, [picture], { attention: true });
    const drawing: everyModel.PictureDrawing = {
      picture,
      rows,
      columns,
      answer: { ...answer!, text: answer!.symbols.join(" "), probability: 1 },
    };
    return `${picturePage(drawing, about)} ${place?.left} ${decoder.cell.outputSize}`;
  } catch (error) {
    return error instanceof PictureError ? error.message : "";
  }
}

/** A question in English about a story in English. */
export function askedOfStory(engine: Engine, memory: everyModel.EndToEndMemoryNetwork): string {
  const { askStory, StoryError } = everyQuestion;
  const options: everyQuestion.StoryOptions = { least: 0.9 };
  const reader: everyQuestion.StoryReader = memory;
  const model: everyQuestion.StoryModel = memory;
  try {
    const reply: everyQuestion.StoryReply = askStory(
      engine,
      model,
      "Mary went to the hallway.",
      "Where is Mary?",
      options,
    );
    return `${reply.answer} ${reply.confidence} ${reader.options.slots}`;
  } catch (error) {
    return error instanceof StoryError ? error.words.join() : "";
  }
}

/** A model that answers questions in words. */
export function asked(engine: Engine): readonly string[] {
  const table: everyTask.TextTable = { header: ["City"], rows: [["Athens"], ["Beijing"]] };
  const questions: readonly everyTask.TableQuestion[] = [{ question: "how many cities?", table, answer: ["2"] }];
  const options: everyTask.TableQuestionsTaskOptions = { questions, symbols: everyTask.questionSymbols(questions, 1) };
  const task: everyTask.TableQuestionsTask = everyTask.tableQuestionsTask(options);
  const sizes: everyModel.TableProgrammerOptions = { symbols: task.symbols, hiddenSize: 4 };
  const model = new everyModel.TableProgrammer(sizes);
  const batch = new Batch(model.batchLayout());
  const question: everyModel.AskedQuestion = { question: "which city was the last?", table };
  const answer: everyModel.TableAnswer | undefined = model.answers(engine, [question])[0];
  const line: everyModel.RowLine | undefined = answer?.lines[0];
  const operation: everyModel.RowOperation | undefined = line?.operation;
  const isRight = everyTask.isSameDenotation(answer?.items ?? [], ["Beijing"]);
  return [...everyModel.rowOperations, operation ?? "", String(isRight), String(batch.count)];
}

/** Somebody else's network. */
export function imported(bytes: Uint8Array): ImportedModel {
  const options: ImportOptions = { source: importSources[0] ?? "pytorch-ntm", file: "x.safetensors" };
  const { model }: Imported = importModel(bytes, options);
  return model;
}

export const isOurs = (bytes: Uint8Array): boolean =>
  load(bytes) instanceof NeuralTuringMachine && new CoreModel({ inputSize: 1, outputSize: 1 }).options.slots === 128;

export async function once(): Promise<void> {
  using engine = await Engine.create();
  run(engine, new NeuralTuringMachine({ inputSize: 9, outputSize: 8 }), { data: new Float32Array(18), shape: [2, 9] });
}

const threads: ThreadsOptions = { threads: 2, memory: 0x1000_0000, module: threadsModule };
export const team: Promise<Engine> = ThreadedEngine.create(threads);
export const isLost = (error: unknown): boolean => error instanceof ThreadError;

export async function compiled(model: RecurrentModel): Promise<readonly CompiledParameter[]> {
  const options: CompileModelOptions = { trace: ["readWeights"] };
  const loaded: CompiledModel = loadCompiled(compileModel(model, options));
  const { outputs } = loaded.run(await RunEngine.create(), [new Float32Array(loaded.inputSize)]);
  return outputs.length === loaded.outputSize ? [] : loaded.parameters;
}

/** What one's own model may be called for. */
export class Answering extends RecurrentModel {
  readonly name = "Answering";
  readonly options = { inputSize: 1, outputSize: 1 };
  override methods(options: MethodOptions): Methods {
    const one: Cut = () => 1;
    const { run } = super.methods(options) as { run: Method };
    return options.beam === 1 ? { run, alone: { ...run, cut: one } } : {};
  }
  override initialState(): readonly Tensor[] {
    return [];
  }
  override step(x: Tensor): [Tensor, readonly Tensor[]] {
    return [x, []];
  }
}

export function* decodes(model: Decoding, engine: RunEngine, sources: readonly Source[]): Generator<number> {
  const options: DecodeOptions = { limit: 5, beam: 2 };
  const targets: GeneratedTarget[] = generate(model, engine, sources, options);
  const all: readonly Generated[] = targets.flatMap(({ beams }) => beams);
  if (all.length) yield* decode(model, engine, sources[0]!, { limit: 3 });
}

export function looks(engine: Engine, model: Traceable, options: TracePageOptions): string {
  const label: Label = { text: "a", step: 0 };
  const labels = (): Labels => ({ inputs: [label] });
  return tracePage(engine, model, { ...options, labels });
}

export function looksBack(engine: Engine, model: Aligning, options: TraceAlignmentOptions): string {
  const description: ModelDescription = model;
  const answer: AlignmentAnswer = { symbols: ["A"], score: -0.5 };
  const about: AlignmentPageOptions = { model: description, answers: [answer] };
  const alignment: Alignment = { sources: ["a"], targets: ["A"], weights: [[1]], points: [[0, 0]], order: [0] };
  return alignmentPage(alignment, about) + tracePage(engine, model, { ...options, beam: 5 });
}

export function drawsProgram(model: ModelDescription): string {
  const words: readonly ProgramWord[] = [{ text: "how" }, { text: "many", role: "word" }];
  const step: ProgramStep = { operations: [1], columns: new Float32Array(1), selected: [1], isUsed: true };
  const table: ProgramTable = { header: ["City"], rows: [["Athens"]] };
  const answer: ProgramAnswer = { items: ["1"] };
  const program: ProgramDrawing = {
    question: words,
    operations: ["count"],
    steps: [step],
    table,
    answer,
    probability: 1,
  };
  const about: ProgramPageOptions = { model, source: "by hand" };
  return programPage(program, about);
}

export async function learnsPairs(
  engine: Engine,
  pairs: readonly TextPair[],
  compiled: CompiledLearned,
): Promise<string[]> {
  const source: Reading = readingOf(pairs.map(([text]) => text));
  let state: LearningState | undefined;
  const onStep = ({ step, steps, exact }: LearningStep): void => void [step, steps, exact];
  const onStart = ({ sides, sources }: LearningStart): void => void [sides, sources];
  const options: LearnOptions = {
    source,
    onStart,
    onStep,
    onSave: (saved) => void (state = saved),
    signal: { aborted: false },
  };
  const learned = await learn(engine, pairs, options);
  const report: LearningReport = learned.report;
  const [coverage]: readonly Coverage[] = report.coverage;
  const mistakes: readonly Mistake[] = report.mistakes;
  const again: Learned = loadLearned(state?.model ?? learned.save(), { file: "mine.safetensors" });
  const about: LearnedMetadata | undefined = learnedIn(again.metadata);
  const sides: Sides = about?.sides ?? again.sides;
  const least: AnswerOptions = { least: coverage?.precision ?? 0.9 };
  const limits: SubwordLimits = { size: 9, least: 2 };
  const pieces: readonly string[] = learnSubwords(new Map([["ab", 2]]), limits);
  const answers: readonly TextAnswer[] = answerTexts(
    compiled,
    engine,
    [textOf(sides.source, symbolsOf(source, "ab", new Subwords(pieces)))],
    least,
  );
  const said = [...answers, ...learned.answer(engine, [mistakes[0]?.source ?? ""])];
  return said.map(({ answer, error }) => answer ?? error!.message);
}

export function pronounces(engine: Engine, compiled: CompiledPronouncer): string[] {
  const options: PronounceOptions = { least: 0.5, numbers: true, spell: null, exceptions: false };
  const answers: readonly WordAnswer[] = pronounceWords(compiled, engine, ["hello", "FBI"], options);
  return answers.map(({ answer, error }) => answer ?? error!.message);
}

export function hears(engine: Engine, digits: HearingCheckpoint, file: Uint8Array): string {
  const reading: ReadWavOptions = { sampleRate: digits.model.options.sampleRate, name: "seven.wav" };
  const options: HearOptions = { least: 0.9, beam: 2, name: "seven.wav" };
  try {
    const recording: WavRecording = readWav(file, reading);
    const heard: Heard = hear(engine, digits, withoutSilence(recording), options);
    return `${heard.text} ${heard.confidence ?? ""} ${heard.seconds} ${recording.notes.join()}`;
  } catch (error) {
    return error instanceof RecordingError ? error.message : String(error);
  }
}

/** Trees of sentences: by a grammar, of a treebank, and by a model. */
export function parses(engine: Engine): string[] {
  const { readTree, writeTree, constituentsOf, readTreebank, linearise, delinearise, tokensOf } = everyParse;
  const tree: everyParse.ParseTree =
    constituentsOf(readTree("(S (NP (NN rain)) (VP (VBD fell)))")) ?? readTree("(S x)");
  const again: everyParse.Delinearised = delinearise(linearise(tree), everyParse.treeWords(tree));
  const repairs: everyParse.Repairs = again.repairs;
  const counts: everyParse.BracketCounts = everyParse.countBrackets([again.tree], [tree]);
  const score: everyParse.BracketScore = everyParse.bracketScore(counts);
  const trees = readTreebank("(S (NP (NN rain)) (VP (VBD fell)))");
  const learned: everyParse.ParsingPairsOptions = { leastWords: 1, maxWords: 9 };
  const { pairs, ...symbols }: everyParse.ParsingPairs = everyParse.parsingPairs(trees, learned);
  const markovisation: everyParse.Markovisation = { horizontal: 1, parents: true };
  const options: everyParse.TreebankGrammarOptions = { ...markovisation, leastWords: 1 };
  const treebank = new everyParse.TreebankParser(trees, options);
  const grammar: everyParse.Grammar = treebank.grammar;
  const [rule]: readonly everyParse.Rule[] = grammar.rules;
  const parsed: everyParse.Parsed | undefined = new everyParse.ChartParser(grammar).parse(tokensOf("rain fell"));
  const task = everyTask.grammarTask({ maxWords: 9 } satisfies everyTask.GrammarTaskOptions);
  const { sourceSymbols, targetSymbols } = task;
  const model: everyParse.SentenceModel = new everyModel.AttentionSeq2Seq({ sourceSymbols, targetSymbols });
  const asked: everyParse.ParseOptions = { beam: 2, attention: true };
  const [parse] = everyParse.parseSentences(model, engine, [["the", "dog", "barked"]], asked);
  const read: everyParse.SentenceParse = parse!;
  const said: string[] = [];
  try {
    const sure: everyParse.GrammarAnswerOptions = { least: 0 };
    said.push(String(everyParse.grammarAnswer(read, sure)));
  } catch (error) {
    if (error instanceof everyTask.UnsureError) said.push(error.reason);
    else if (error instanceof everyParse.BracketError) said.push(String(error.at));
  }
  const drawn: everyParse.TreeDrawing = read;
  const about: everyParse.ParsePageOptions = { model: { name: "mine", options: {}, parameterCount: 1 } };
  const texts = [everyParse.parsePage(drawn, about), rule!.left, String(parsed?.score), String(pairs.length)];
  return [...said, ...texts, ...symbols.targetSymbols, String(score.f1), String(repairs.closed), writeTree(tree)];
}

/** A database of theorems: its proofs checked, its formulas as trees, and a statement proved with a network or counts. */
export function proves(engine: Engine, model: everyModel.AttentionSeq2Seq, text: string): string[] {
  const database: everyMetamath.Database = everyMetamath.readDatabase(text);
  const syntax: everyMetamath.FormulaGrammarOptions = { provable: "|-", sentence: "wff" };
  const grammar = new everyMetamath.FormulaGrammar(database, syntax);
  const book = new everyMetamath.RuleBook(database, grammar);
  const counted: everyMetamath.CountPolicyOptions = { given: "heads", strength: 1 };
  const counts = new everyMetamath.CountPolicy(counted);
  const part: everyMetamath.ProofPart = everyMetamath.proofPartOf("id");
  for (const theorem of everyMetamath.theoremsOf(book, part) satisfies everyMetamath.Assertion[]) {
    const puzzle = new everyMetamath.ProofPuzzle(book, theorem);
    const steps: everyMetamath.DerivedStep[] = everyMetamath.checkProof(database, theorem);
    const replay: everyMetamath.Replay = everyMetamath.replayProof(puzzle, steps);
    for (const decision of replay.decisions satisfies readonly everyMetamath.Decision[]) counts.learn(puzzle, decision);
    const state: everyMetamath.ProofState = puzzle.start();
    const goal: everyMetamath.Goal | undefined = state.goals[0];
    const move: everyMetamath.ProofMove | undefined = puzzle.moves(state)[0];
    const unifier: everyMetamath.Unifier | undefined = move?.unifier;
    const terms: everyMetamath.Terms = puzzle.terms;
    const bindings: everyMetamath.Bindings | undefined = unifier?.bindings;
    const symbols: everyMetamath.GoalSymbols | undefined = goal && everyMetamath.goalSymbols(puzzle, goal.term);
    if (goal && bindings) return [String(terms.resolve(goal.term, bindings)), ...(symbols?.read ?? [])];
  }
  const network = new everyMetamath.StatementNetwork(engine, model, book);
  const policies: everyMetamath.ProofPolicy[] = [network.policy, counts.policy, everyMetamath.uniformPolicy];
  const policy = everyMetamath.mixedPolicy(policies);
  const assumed: everyMetamath.ClaimOptions = { label: "mine", hypotheses: ["|- a = b"] };
  try {
    const claim: everyMetamath.Claim = everyMetamath.claimOf(database, "|- b = a", assumed);
    const tree: everyMetamath.Formula = grammar.parse(claim.symbols);
    const options: everyMetamath.ProveOptions = { nodes: 100, width: 32, goalCost: 2.5, policy };
    const search: everyMetamath.ProofSearch = everyMetamath.prove(book, claim, options);
    const found: everyMetamath.FoundProof | undefined = search.found;
    const looks = found?.decisions.map(({ goal: { term }, rule }): everyMetamath.Look => {
      return network.look(search.puzzle, term, rule satisfies everyMetamath.Rule);
    });
    const scope: everyMetamath.Scope = claim.scope;
    const hypothesis: everyMetamath.Hypothesis | undefined = scope.hypotheses[0];
    const symbols: everyMetamath.Symbols = hypothesis?.symbols ?? [];
    const { heads }: { heads: everyMetamath.Heads } = book;
    const pattern: everyMetamath.Pattern | undefined = book.rules[0]?.conclusion;
    const { pairs }: everyMetamath.ProofPairs = everyMetamath.proofPairs(book, "train");
    const told = [String(looks?.[0]?.probability), String(pattern?.variable), heads.labels[0]!, String(pairs.length)];
    return [...everyMetamath.syntaxProof(tree), ...(found?.proof ?? []), ...symbols, ...told];
  } catch (error) {
    if (!(error instanceof everyMetamath.MetamathError)) throw error;
    const fault: everyMetamath.MetamathFault = error.fault;
    return [fault, error.message];
  }
}

/** A puzzle and a game, searched by what a model thinks of their states. */
export function searches(game: everySearch.Game<number>, evaluate: everySearch.Evaluator<number>): string[] {
  const noise: everySearch.RootNoise = { concentration: 1 };
  const options: everySearch.TreeSearchOptions<number> = { exploration: 2, noise, seed: 1, stream: 3, solve: true };
  const seen: readonly everySearch.SymmetricState<number>[] | undefined = game.symmetries?.(game.start());
  const both = seen ? everySearch.symmetric(game, evaluate) : evaluate;
  const search = new everySearch.TreeSearch(game, options);
  const growing: everySearch.SimulateOptions = { simulations: 100, leaves: 8 };
  const told: string[] = [];
  try {
    everySearch.simulate([search], both, growing);
    search.update(evaluate(search.select(4)) satisfies readonly everySearch.Evaluation[]);
    const [first]: everySearch.MoveStatistics[] = search.moves;
    search.play(search.choose({ temperature: 0.5 }));
    told.push(String(first?.prior), String(first?.result), String(search.policy()[0]), ...search.line.map(String));
  } catch (error) {
    if (error instanceof everySearch.NoMoveError) told.push(String(error.value));
    else if (error instanceof everySearch.IllegalMoveError) told.push(error.reason);
    else if (error instanceof everySearch.ImpossiblePositionError) told.push(error.position);
    else if (error instanceof everySearch.EvaluationError) told.push(error.message);
  }
  const countdown: everySearch.Puzzle<number, "halve" | "subtract"> = {
    start: () => 10,
    moves: (n) => (n % 2 ? ["subtract"] : ["halve", "subtract"]),
    next: (n, move) => (move === "halve" ? n / 2 : n - 1),
    value: (n) => (n === 0 ? 1 : undefined),
    key: (n) => n,
  };
  const costs: everySearch.MoveCosts<number, string> = (
    batch: readonly everySearch.Expansion<number, string>[],
  ): number[][] => batch.map(({ moves }) => moves.map(() => 1));
  const within: everySearch.BestFirstOptions<number> = { budget: 10, batch: 2, cheapest: true };
  const found: everySearch.BestFirstResult<number, string> = everySearch.bestFirst(countdown, costs, within);
  const solution: everySearch.Solution<number, string> | undefined = found.solution;
  const likely = everySearch.bestFirst(game, everySearch.policyCosts(game, evaluate), within);
  const playing: everySearch.SelfPlayOptions = { games: 2, simulations: 10, drawn: 4, noise: { concentration: 1 } };
  const played: everySearch.PlayedGame[] = everySearch.selfPlay(game, evaluate, playing);
  told.push(...played.map(({ moves, value }) => `${moves.length} ${value}`));
  const size: everySearch.ConnectFourOptions = { rows: 4, columns: 5, threats: false };
  const board: everySearch.ConnectFour = everySearch.connectFour(size);
  const position: everySearch.ConnectFourState = board.position("3331");
  const table: everySearch.ConnectFourSolverOptions = { tableBits: 16 };
  const solver = new everySearch.ConnectFourSolver(board, table);
  const { score, movesLeft } = solver.score(position);
  const layout: everySearch.Layout = board.layout;
  const stones: everySearch.Stones = layout.bottom;
  const side: everySearch.OthelloOptions = { side: "6" };
  const discs: everySearch.Othello = everySearch.othello(side);
  const opened: everySearch.OthelloState = discs.position("b3");
  told.push(discs.draw(opened), String(opened.squares[0]));
  told.push(
    board.draw(position),
    ...solver.moveValues(position).map(String),
    `${solver.best(position).value} `,
    `${score} ${movesLeft} ${stones[0]}`,
  );
  return [...told, ...(solution?.moves ?? []), String(likely.isExhausted)];
}

/** Runs by the thousand. */
export async function sweeps(signal: AbortSignal): Promise<string[]> {
  const options: everySweep.Options = { steps: 10 };
  const sample: everySweep.Sample = { from: 1e-4, to: 1e-2, scale: "log" };
  const halving: everySweep.Halving = { first: 5 };
  const evaluate: everySweep.Measuring = { sequences: 10 };
  const plan: everySweep.SweepPlan = {
    task: "copy",
    options,
    samples: { count: 2, options: { learningRate: sample } },
    seeds: [1],
    halving,
    evaluate,
  };
  const events: everySweep.PoolEvent[] = [];
  const given: everySweep.SweepOptions = {
    database: "runs",
    workers: 1,
    signal,
    onEvent: (event) => events.push(event),
  };
  try {
    const { counted, status, runs }: everySweep.SweepOutcome = await everySweep.sweep(plan, given);
    const { total }: everySweep.Counted = counted;
    const { settings, workers }: everySweep.Status = status;
    const of: everySweep.SettingStatus | undefined = settings[0];
    const at: everySweep.WorkerStatus | undefined = workers[0];
    const first: everySweep.RunRow = runs[0]!;
    const point: everySweep.CurvePoint | undefined = first.curve[0];
    const value: everySweep.Json | undefined = first.measured["bitError"];
    return [total, of?.label, at?.host, point?.step, value].map(String);
  } catch (error) {
    const isOurs =
      error instanceof everySweep.PlanError ||
      error instanceof everySweep.DatabaseError ||
      error instanceof everySweep.ConflictError;
    return isOurs ? [error.message] : [];
  }
}

/** Stories, drawn and read, with the sentences that answer each question. */
export function stories(text: string): number {
  const names: readonly everyTask.BabiTask[] = everyTask.babiTasks;
  const read: everyTask.BabiTaskQuestions[] = everyTask.parseBabiTasks(text);
  const questions: everyTask.BabiQuestion[] = [
    ...everyTask.babiStory(new Random(1), names[0]!),
    ...everyTask.babiQuestions(new Random(2), "counting", 10),
    ...everyTask.parseBabi("1 Mary ran.\n2 Who ran?\tmary\t1"),
    ...(read[0]?.questions ?? []),
  ];
  const [{ story, question, answer, support }] = questions as [everyTask.BabiQuestion];
  const told = support.map((sentence) => story[sentence]?.join(" ") ?? "");
  return everyTask.wordsOf([question.join(" "), answer, ...told].join(" ")).length;
}
