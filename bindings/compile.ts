/** What makes compiled models, for a build step: `import { compileModel } from "tapehead/compile"`. */
export { compiledDtypes, compileModel, type CompiledDtype, type CompileModelOptions } from "./compiled/compileModel.js";
