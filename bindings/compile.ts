/** What makes compiled models, for a build step: `import { compileModel } from "tapehead/compile"`. */
export { compileModel, type CompileModelOptions } from "./compiled/compileModel.js";
