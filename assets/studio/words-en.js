// The window in English.
/** @import { Words } from "./words-fr.js" */
import { french } from "./words-fr.js";

/** @type {Words} */
export const english = french;
