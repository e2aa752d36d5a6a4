/** Recurrent networks, as tapehead/models exports them. */
export { RecurrentNetwork, type RecurrentNetworkOptions } from "./recurrentNetwork.js";
