/** The one place that says which engine the page runs on. */
export { Engine } from "tapehead";
