/** The one place that says which engine the page runs on: with threads, where the server lets it share memory. */
export { Engine } from "tapehead/threads";
