/** The pointer network, as tapehead/models exports it. */
export { PointerNetwork, type PointerNetworkOptions } from "./pointerNetwork.js";
export type { Pointed, PointedBeam, PointOptions } from "./pointerRunner.js";
