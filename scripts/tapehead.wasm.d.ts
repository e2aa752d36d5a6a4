/** The binary, for bundlers and platforms that compile what is imported: `Engine.create({ module })`. */
declare const module: WebAssembly.Module;
export default module;
