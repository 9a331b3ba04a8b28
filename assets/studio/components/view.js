// One view: heading, work, the page beside it, and the bar at the bottom. Where the focus arrives.
/** @import { At } from "../contract" */
/** @import { Child } from "../vendor/htm-preact.js" */
import { fieldElement, focusOn, follow, travel } from "../actions.js";
import { Icon } from "../icons.js";
import { put, settle, useStore } from "../store.js";
import { html, useEffect, useRef } from "../vendor/htm-preact.js";
import { nameWithin, say } from "../words.js";
import { Button, Told } from "./basics.js";
import { FaultNote, firstSentence } from "./fault.js";

/**
 * @typedef {{text: string, run?: () => void, address?: string, first?: boolean, arrow?: boolean}} Next
 * @typedef {{
 *   title: string,
 *   tab?: string,
 *   lead?: Child,
 *   beside?: Child,
 *   page?: Child,
 *   grid?: "duo" | "duo half" | "duo slim",
 *   above?: boolean,
 *   see?: boolean | string,
 *   ready?: boolean,
 *   field?: string | null,
 *   back?: {address: string, text: string} | null,
 *   left?: string,
 *   next?: Next | null,
 *   bottom?: boolean,
 *   answers?: boolean,
 *   children?: Child,
 * }} ViewProps
 */

let arrivals = 0;

/** @param {ViewProps} props answers: it has the fields of answers; others lead to those that were refused */
export function View(props) {
  const { title, tab, lead, beside, page, grid = "duo", above = false, see = true, children } = props;
  const { ready = true, field = null, back = null, left = "", next = null, bottom = true, answers = false } = props;
  const { fault, unsaved, campaign } = useStore();
  const refused = campaign?.refused ?? [];
  const said = unsaved.length ? say("bottom-stays") : lead; // nobody is invited to go on over a fault
  useArrival(ready, field);
  useEffect(() => void (document.title = `${tab ?? title} – leaflet`), [tab, title]);

  const head = html`<div class="head">
    <div>
      <h1 tabindex="-1">${title}</h1>
      ${said && html`<p class="lead" tabindex="-1">${said}</p>`}
    </div>
    ${beside}
    ${page && see && html`<a
      class="btn small see"
      href="#page"
      onclick=${(/** @type {Event} */ event) => {
        event.preventDefault();
        const heading = document.querySelector(".view h2");
        heading?.scrollIntoView({ block: "start" });
        focusOn(heading);
      }}
      >${see === true ? say("see") : see} <${Icon} name="down" /></a>`}
  </div>`;
  const led = fault?.ways.some(({ call }) => call === "take"); // which keeps what waits, too
  const note =
    fault && html`<${FaultNote}
        fault=${unsaved.length && !led ? { ...fault, ways: [...fault.ways, { text: say("bottom-then-save") }] } : fault}
        class="below"
        onClose=${unsaved.length ? null : () => put({ fault: null })}
      />`;
  const elsewhere = !answers && refused.length > 0 && html`<${RefusedElsewhere} refused=${refused} />`;
  const toRefused = {
    left: say("bottom-refused", { count: refused.length }),
    next: { text: say("bottom-to-refused"), run: () => focusOn(fieldElement(refused[0]?.at.field ?? "")) },
  };
  const work = page
    ? html`${above && [head, elsewhere, note]}
        <div class=${grid}>
          <div>${!above && [head, elsewhere, note]}${children}</div>
          ${page}
        </div>`
    : html`${head}${elsewhere}${note}${children}`;
  return html`<main id="work" tabindex="-1">${work}</main>
    ${bottom && html`<${Bottom} ...${{ back, left, next, ...(answers && refused.length > 0 && toRefused) }} />`}`;
}

/**
 * Leads to the answers that were refused, from where they are not.
 * @param {{refused: {text: string, at: At}[]}} props
 */
function RefusedElsewhere({ refused }) {
  const names = refused.map(({ text }) => nameWithin(text)).join(", ");
  return html`<${Told} look="worry below">
    ${say("bottom-refused-names", { count: refused.length, names })}${" "}
    <${Button} look="link" run=${() => follow(/** @type {any} */ (refused[0]))}>${say("bottom-go-there")}<//>
  <//>`;
}

/** @param {{back: {address: string, text: string} | null, left: string, next: Next | null}} props */
function Bottom({ back, left, next }) {
  const { did, undo, unsaved, fault } = useStore();
  const failed = unsaved.length > 0;
  return html`<div class="next" role="region" aria-label=${say("bottom-label")}>
    <div>
      ${back && html`<a class="btn quiet" href=${back.address}
        ><${Icon} name="left" /><span class="back-word">${back.text}</span></a>`}
      <div class="did" role="status">
        ${did && [
          html`<span>${did.text}</span>`,
          undo && html`<${Button} look=${null} aria-label=${say("bottom-undo-this", { what: did.text })} run=${() => travel("undo")}>
            ${say("bar-undo")}
          <//>`,
        ]}
      </div>
      <p class=${failed ? "left bad" : "left"} role="status">
        ${!failed
          ? left
          : fault?.room
            ? say("bottom-full")
            : say("bottom-unsaved", { cause: fault ? firstSentence(fault.text)[0] : "" })}
      </p>
      ${failed
        ? html`<${NextButton} text=${say("bottom-save-again")} run=${() => void settle()} first arrow=${false} />`
        : next && html`<${NextButton} ...${next} />`}
    </div>
  </div>`;
}

/** @param {Next} props */
function NextButton({ text, run, address, first, arrow = first }) {
  const look = first ? "btn first" : "btn";
  const inside = html`${text}${arrow && html`<${Icon} name="right" />`}`;
  return run
    ? html`<${Button} look=${look} run=${run}>${inside}<//>`
    : html`<a class=${look} href=${address}>${inside}</a>`;
}

/**
 * Puts the focus on the field asked for in the address, or on the heading, once what is on view is there.
 * @param {boolean} ready
 * @param {string | null} field
 */
function useArrival(ready, field) {
  const arrived = useRef("");
  useEffect(() => {
    const here = location.hash;
    if (!ready || arrived.current === here) return;
    arrived.current = here;
    arrivals += 1;
    const target = field && fieldElement(field);
    if (target) focusOn(target);
    else if (arrivals > 1 && document.activeElement?.closest("main") == null) {
      document.querySelector("h1")?.focus({ preventScroll: true });
      window.scrollTo(0, 0);
    }
  }, [ready, field, location.hash]);
}

/** @param {{children?: Child, label: string}} props */
export function Aside({ children, label }) {
  return html`<aside class="stay view" id="page" aria-label=${label}>${children}</aside>`;
}
