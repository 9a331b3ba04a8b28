// What is answered instead of a result, and who is told of the program.
/** @import { Fault } from "./contract" */

/** A refusal: the engine understood and says why not. */
export class Refusal extends Error {
  /** @param {Fault} fault */
  constructor(fault) {
    super(fault.text);
    this.fault = fault;
  }
}

/** Returns the fault of a refusal; another error is thrown on. @param {unknown} error */
export function faultOf(error) {
  if (error instanceof Refusal) return error.fault;
  throw error;
}

/** Returns the result that a message has, unless it has a fault. @param {{result?: any, fault?: Fault}} message */
export function resultOf({ result, fault }) {
  if (fault) throw new Refusal(fault);
  return result;
}

/** Returns a fault that the page itself has to tell. @param {string} text @returns {Fault} */
export const ownFault = (text) => ({ code: "", severity: "error", text, ways: [] });

/**
 * @typedef {{
 *   gone: (waiting: string[]) => void,
 *   back: () => void,
 *   taken: () => void,
 *   loading: (how: {done: number, total: number}) => void,
 *   erased: () => void,
 * }} Watcher what is told of the program; the last three by a page without a server
 */
