// What is answered instead of a result.
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

/**
 * Returns a fault that the page itself has to tell.
 * @param {string} text
 * @returns {Fault}
 */
export function ownFault(text) {
  return { code: "", severity: "error", text, ways: [] };
}
