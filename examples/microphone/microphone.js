/** What browsers strip from a voice is what the network learned with. */
const plain = { channelCount: 1, echoCancellation: false, noiseSuppression: false, autoGainControl: false };

/** Why there is no microphone, by the name of the error. */
const reasons = {
  NotAllowedError: "The page may not use the microphone. Allow it in the address bar, or open a WAV file.",
  NotFoundError: "There is no microphone. Open a WAV file instead.",
  NotReadableError: "Something else uses the microphone. Close it, or open a WAV file.",
};

/**
 * Opens the microphone.
 * @param {(block: Float32Array, sampleRate: number) => void} onBlock gets a tenth of a second at a time
 * @returns what ends it, and returns all that was heard: { samples, sampleRate }
 */
export async function listen(onBlock) {
  const stream = await microphone();
  const context = new AudioContext();
  const { sampleRate } = context;
  const blocks = [];
  await context.audioWorklet.addModule("recorder.js");
  const recorder = new AudioWorkletNode(context, "recorder", { numberOfOutputs: 0 });
  recorder.port.onmessage = ({ data }) => {
    blocks.push(data);
    onBlock(data, sampleRate);
  };
  context.createMediaStreamSource(stream).connect(recorder);
  await context.resume();
  return async function stop() {
    for (const track of stream.getTracks()) track.stop();
    await context.close();
    return { samples: joined(blocks), sampleRate };
  };
}

async function microphone() {
  try {
    if (!navigator.mediaDevices) throw new Error("Browsers give a microphone to pages of https and of localhost only.");
    return await navigator.mediaDevices.getUserMedia({ audio: plain });
  } catch (error) {
    throw new Error(reasons[error.name] ?? error.message, { cause: error });
  }
}

function joined(blocks) {
  const all = new Float32Array(blocks.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const block of blocks) {
    all.set(block, at);
    at += block.length;
  }
  return all;
}
