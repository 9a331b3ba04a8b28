// La liste, fourth part: addresses whose codes are tried with a phone before they are printed.
/** @import { Address, Addresses as All, Candidate, Fault, List } from "../contract" */
/** @import { Child } from "../vendor/htm-preact.js" */
import { Url } from "../components/address.js";
import { Button, Folded, Form } from "../components/basics.js";
import { FieldFaults } from "../components/fault.js";
import { TextField } from "../components/field.js";
import { partsOf } from "../components/list.js";
import { View } from "../components/view.js";
import { Icon } from "../icons.js";
import { change, useLoaded } from "../store.js";
import { html, useState } from "../vendor/htm-preact.js";
import { bare, say, sayLines } from "../words.js";

/** @param {Candidate} candidate @returns whether it is to be tried: it is printed, or will be, and nobody has confirmed it */
export const isOpen = ({ kind, isLink, confirmed, declined, use }) =>
  isLink && kind !== "site" && !confirmed && !declined && use !== "reserve";

/** @param {{list: List}} props */
export function Addresses({ list }) {
  const { value } = useLoaded("addresses");
  const { items = [], without = 0 } = /** @type {All} */ (value ?? {});
  const untried = items.flatMap((item) => item.candidates.filter(isOpen));
  const open = untried.length;
  const waiting = untried.filter(({ use }) => use === "waiting").length;
  return html`<${View}
    title=${say("station", { id: "list" })}
    tab=${say("addresses-tab")}
    lead=${say("addresses-lead", { schools: list.counts.ready, open })}
    beside=${partsOf(list, "adresses")}
    ready=${value != null}
    back=${{ address: "#/liste/cases", text: sayLines("list-part-names")[2] }}
    left=${value ? say("addresses-left", { open, waiting: !waiting ? "none" : waiting < open ? "some" : "all" }) : ""}
    next=${{ text: say("list-next-to-pages"), address: "#/pages", first: value != null && !open, arrow: true }}
  >
    <div class="stack far">
      ${items.map((item) => html`<${Academy} key=${item.academie} item=${item} next=${untried[0]} />`)}
      ${without > 0 && html`<p class="mute">${say("addresses-without", { schools: without })}</p>`}
      ${items.length > 0 && html`<p class="small mute">${say("addresses-kept")}</p>`}
    </div>
  <//>`;
}

/** @param {string} when an address was attested: a year, a month or a day; something else if nobody knows */
export function sayAttested(when) {
  const how = /^\d+$/.test(when) ? "year" : /^\d\d\/\d{4}$/.test(when) ? "month" : /^\d/.test(when) ? "day" : when;
  return say("addresses-attested", { how, when });
}

/** @param {Candidate} candidate */
const sayUse = ({ kind, use }) =>
  ["site", "path"].includes(kind) || use === "reserve" ? "" : say("addresses-use", { kind, use });

/** @param {Candidate} candidate */
const sayKind = ({ kind, url }) =>
  say("addresses-kind", { kind: kind === "webmail" ? kind : /identifiant/i.test(url) ? "login" : "help" });

/** @param {{item: Address, next: Candidate | undefined}} props */
function Academy({ item, next }) {
  const { academie, name, schools, printed, candidates } = item;
  const links = candidates.filter((one) => one.confirmed || one.declined || isOpen(one));
  const others = candidates.filter((one) => one.isLink && !links.includes(one));
  const heading = `address-${academie}`;
  const isPrinted = candidates.some(({ kind, use }) => kind === "webmail" && use === "printed");
  const open = candidates.some((one) => one.kind === "webmail" && isOpen(one));
  const instead = isPrinted ? "" : say("addresses-instead", { text: bare(printed), open });
  return html`<article class="card" aria-labelledby=${heading}>
    <p class="small mute">${say("addresses-academy", { name, schools })}</p>
    ${links.length
      ? links.map((one, index) => {
          const id = index ? `${heading}-${index}` : heading;
          const shown = html`<${Try}
            key=${one.key}
            candidate=${one}
            first=${one === next}
            id=${id}
            instead=${one.kind === "webmail" ? instead : ""}
          />`;
          const apart = index > 0 && html`<div class="apart"></div>`;
          if (one === next || !isOpen(one)) return html`${apart}${shown}`;
          return html`${apart}
            <${Folded}
              key=${one.key}
              title=${html`<span>${sayKind(one)} <${Url} url=${one.url} /></span>`}
              aside=${say("addresses-after")}
              >${shown}<//>`;
        })
      : html`<h2 id=${heading}>${say("addresses-none-known")}</h2>
          <${Other} academy=${`${academie}.webmail`} text=${say("addresses-give")} id=${heading} />`}
    ${instead && !links.some(({ kind }) => kind === "webmail") &&
    html`<p class="small mute above-less">${instead}</p>`}
    ${others.length > 0 && html`<${Folded} look="folded above-less" title=${say("addresses-others", { count: others.length })}>
      ${others.map((one) =>
        html`<${Try} key=${one.key} candidate=${one} first=${false} id=${`${heading}-${one.key}`} />`)}
    <//>`}
  </article>`;
}

/**
 * Shows an address with the ways to answer whether it is the right one.
 * @param {{candidate: Candidate, first: boolean, id: string, instead?: string}} props
 *   instead: what is printed as long as nobody has tried it
 */
export function Try({ candidate, first, id, instead }) {
  const { key, kind, url, source, attested, confirmed, declined, code } = candidate;
  return html`<div class=${declined ? "above-less" : "try above-less"}>
    ${!declined && html`<figure><img src=${code} width="200" height="200" alt=${say("addresses-code-alt", { url })} /></figure>`}
    <div>
      <h2 id=${id}><${Url} url=${url} /></h2>
      <p class="row tight above-less">
        ${confirmed
          ? html`<span class="tag good"><${Icon} name="check" />${say("addresses-confirmed")}</span>`
          : declined
            ? html`<span class="tag line">${say("addresses-declined")}</span>`
            : html`<span class="tag warn"><${Icon} name="clock" />${sayAttested(attested)}</span>`}
        <span class="small mute">${confirmed || declined ? source : sayUse(candidate)}</span>
      </p>
      ${!confirmed && !declined && html`<ol class="list above-less">
        ${sayLines("addresses-steps", { kind }).map((step) => html`<li key=${step}>${step}</li>`)}
      </ol>`}
      <${Other}
        academy=${key}
        text=${say("addresses-other")}
        url=${url}
        id=${id}
        before=${!confirmed && html`<${Button}
          look=${first ? "btn first" : "btn"}
          run=${() => change("confirmAddress", { key, url: attested === "given" ? url : "" })} icon="check"
        >
          ${say("addresses-works")}<span class="unseen"> : ${url}</span>
        <//>`}
        after=${isOpen(candidate) && html`<${Button} look="btn quiet" run=${() => change("declineAddress", { key })}>
          ${say("addresses-decline", { kind })}<span class="unseen"> : ${url}</span>
        <//>`}
      />
      ${instead && html`<p class="small mute above-less">${instead}</p>`}
    </div>
  </div>`;
}

/**
 * Asks for an address in the place of one, or of none; other answers stand in the same row.
 * @param {{academy: string, text: string, id: string, url?: string, before?: Child, after?: Child}} props
 */
function Other({ academy, text, id, url, before, after }) {
  const [other, setOther] = useState(/** @type {string | null} */ (null));
  const [fault, setFault] = useState(/** @type {Fault | null} */ (null));
  const keep = async () => {
    if (!other?.trim()) return;
    const outcome = await change("giveAddress", { key: academy, url: other.trim() }, { quiet: true });
    setFault(outcome.fault);
    if (outcome.done) setOther(null);
  };
  return html`<div class="row above-less">
      ${before}
      ${other === null && html`<${Button} run=${() => setOther("")}>
        ${text}${url && html`<span class="unseen"> : ${url}</span>`}
      <//>`}
      ${after}
    </div>
    ${other !== null && html`<${Form} class="above-less" keep=${keep} yes=${say("addresses-other-keep")} close=${() => setOther(null)}>
      <${TextField}
        ...${{ id: `${id}-other`, label: say("addresses-other-label"), hint: say("addresses-other-hint"), value: other }}
        ...${{ set: setOther, look: "code", inputmode: "url", invalid: fault != null }}
      />
      <${FieldFaults} faults=${fault ? [fault] : []} />
    <//>`}`;
}
