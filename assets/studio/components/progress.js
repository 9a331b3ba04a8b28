// How far the making is: seen at once, said each ten per cent and at the end.
/** @import { Progress as Far } from "../contract" */
import { html } from "../vendor/htm-preact.js";
import { number, say } from "../words.js";

/** Returns how long it still takes, rounded so that it does not tremble. @param {number | null} seconds */
export function timeLeft(seconds) {
  if (seconds == null) return "";
  const rounded = seconds > 20 ? Math.round(seconds / 5) * 5 : Math.max(1, Math.round(seconds));
  if (rounded < 90) return say("make-seconds-left", { count: rounded });
  return say("make-minutes-left", { count: Math.round(rounded / 60) });
}

/**
 * @param {{far: Far, percent: number, lot: string, stopped?: string, cards: boolean}} props
 *   far: with one output; percent: of all; lot: which output it is, if there are several; cards: they are made, else leaflets
 */
export function Progress({ far, percent, lot, stopped, cards }) {
  const { done, total, secondsLeft } = far;
  const rest = stopped ?? timeLeft(secondsLeft);
  const text = total ? say("make-far", { done, count: total, cards, rest }) : rest; // nobody knows how many before
  return html`<p class="huge">${total ? number(done) : "\u00a0"} <span class="mute">${total > 0 && say("make-of", { total })}</span></p>
    <div
      class="progress"
      role="progressbar"
      aria-label=${say("make-progress")}
      aria-valuemin="0"
      aria-valuemax="100"
      aria-valuenow=${percent}
      aria-valuetext=${[text, lot].filter(Boolean).join(", ")}
    >
      <span style=${{ width: `${percent}%` }}></span>
    </div>
    <p class="unseen" role="status">${stopped ? text : say("make-tenth", { percent: percent - (percent % 10) })}</p>`;
}
