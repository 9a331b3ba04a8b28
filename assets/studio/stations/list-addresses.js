// La liste, fourth part: addresses whose codes are tried with a phone before they are printed.
/** @import { Address, Addresses as All, Candidate, List } from "../contract" */
/** @import { Child } from "../vendor/htm-preact.js" */
import { Url } from "../components/address.js";
import { partsOf } from "../components/list.js";
import { View } from "../components/view.js";
import { Icon } from "../icons.js";
import { change, useLoaded } from "../store.js";
import { html, useState } from "../vendor/htm-preact.js";
import { number, words } from "../words.js";

/**
 * Tells whether an address is to be tried: it is printed, or will be, and nobody has confirmed it.
 * @param {Candidate} candidate
 */
export const isOpen = ({ kind, isLink, confirmed, declined, use }) =>
  isLink && kind !== "site" && !confirmed && !declined && use !== "reserve";

/** @param {{list: List}} props */
export function Addresses({ list }) {
  const t = words().addresses;
  const { value } = useLoaded("addresses");
  const { items = [], without = 0 } = /** @type {All} */ (value ?? {});
  const untried = items.flatMap((item) => item.candidates.filter(isOpen));
  const open = untried.length;
  const waiting = untried.filter(({ use }) => use === "waiting").length;
  return html`<${View}
    title=${words().list.title}
    tab=${t.tab}
    lead=${t.lead(number(list.counts.ready), open)}
    beside=${partsOf(list, "adresses")}
    ready=${value != null}
    back=${{ address: "#/liste/cases", text: words().list.partNames[2] }}
    left=${value ? t.left(open, waiting) : ""}
    next=${{ text: words().list.nextToPages, address: "#/pages", first: value != null && !open, arrow: true }}
  >
    <div class="stack far">
      ${items.map((item) => html`<${Academy} key=${item.academie} item=${item} next=${untried[0]} />`)}
      ${without > 0 && html`<p class="mute">${t.without(without)}</p>`}
      ${items.length > 0 && html`<p class="small mute">${t.kept}</p>`}
    </div>
  <//>`;
}

/** @param {{item: Address, next: Candidate | undefined}} props */
function Academy({ item, next }) {
  const t = words().addresses;
  const { academie, name, schools, printed, candidates } = item;
  const links = candidates.filter((one) => one.confirmed || one.declined || isOpen(one));
  const others = candidates.filter((one) => one.isLink && !links.includes(one));
  const heading = `address-${academie}`;
  const isPrinted = candidates.some(({ kind, use }) => kind === "webmail" && use === "printed");
  const instead = isPrinted ? "" : t.instead(printed, candidates.some((one) => one.kind === "webmail" && isOpen(one)));
  return html`<article class="card" aria-labelledby=${heading}>
    <p class="small mute">${t.academy(name, number(schools), schools)}</p>
    ${
      links.length
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
              <details class="folded" key=${one.key}>
                <summary>
                  <${Icon} name="open" /><span
                    >${t.kinds(one.kind, one.url)} <${Url} url=${one.url}
                  /></span>
                  <span class="mute small push">${t.after}</span>
                </summary>
                ${shown}
              </details>`;
          })
        : html`<h2 id=${heading}>${t.noneKnown}</h2>
            <${Other} academy=${`${academie}.webmail`} text=${t.give} id=${heading} />`
    }
    ${
      instead &&
      !links.some(({ kind }) => kind === "webmail") &&
      html`<p class="small mute above-less">${instead}</p>`
    }
    ${
      others.length > 0 &&
      html`<details class="folded above-less">
        <summary><${Icon} name="open" />${t.others(others.length)}</summary>
        ${others.map(
          (one) =>
            html`<${Try} key=${one.key} candidate=${one} first=${false} id=${`${heading}-${one.key}`} />`,
        )}
      </details>`
    }
  </article>`;
}

/**
 * Shows an address with the ways to answer whether it is the right one.
 * @param {{candidate: Candidate, first: boolean, id: string, instead?: string}} props
 *   instead: what is printed as long as nobody has tried it
 */
export function Try({ candidate, first, id, instead }) {
  const t = words().addresses;
  const { key, kind, url, source, attested, use, confirmed, declined, code } = candidate;
  return html`<div class=${declined ? "above-less" : "try above-less"}>
    ${!declined && html`<figure><img src=${code} width="200" height="200" alt=${t.codeAlt(url)} /></figure>`}
    <div>
      <h2 id=${id}><${Url} url=${url} /></h2>
      <p class="row tight above-less">
        ${
          confirmed
            ? html`<span class="tag good"><${Icon} name="check" />${t.confirmed}</span>`
            : declined
              ? html`<span class="tag line">${t.declined}</span>`
              : html`<span class="tag warn"><${Icon} name="clock" />${t.attested(attested)}</span>`
        }
        <span class="small mute">${confirmed || declined ? source : t.use(kind, use)}</span>
      </p>
      ${
        !confirmed &&
        !declined &&
        html`<ol class="list above-less">
          ${(kind === "webmail" ? t.steps : t.stepsOther).map((step) => html`<li key=${step}>${step}</li>`)}
        </ol>`
      }
      <${Other}
        academy=${key}
        text=${t.other}
        url=${url}
        id=${id}
        before=${
          !confirmed &&
          html`<button
            class=${first ? "btn first" : "btn"}
            type="button"
            onclick=${() => change("confirmAddress", { key })}
          >
            <${Icon} name="check" />${t.works}<span class="unseen"> : ${url}</span>
          </button>`
        }
        after=${
          isOpen(candidate) &&
          html`<button class="btn quiet" type="button" onclick=${() => change("declineAddress", { key })}>
            ${t.decline(kind)}<span class="unseen"> : ${url}</span>
          </button>`
        }
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
  const t = words().addresses;
  const [other, setOther] = useState(/** @type {string | null} */ (null));
  const keep = (/** @type {Event} */ event) => {
    event.preventDefault();
    if (!other?.trim()) return;
    setOther(null);
    void change("confirmAddress", { key: academy, url: other.trim() });
  };
  return html`<div class="row above-less">
      ${before}
      ${
        other === null &&
        html`<button class="btn" type="button" onclick=${() => setOther("")}>
          ${text}${url && html`<span class="unseen"> : ${url}</span>`}
        </button>`
      }
      ${after}
    </div>
    ${
      other !== null &&
      html`<form class="above-less" onsubmit=${keep}>
        <label for=${`${id}-other`}>${t.otherLabel}</label>
        <p class="hint" id=${`${id}-hint`}>${t.otherHint}</p>
        <input
          class="in code"
          id=${`${id}-other`}
          inputmode="url"
          value=${other}
          aria-describedby=${`${id}-hint`}
          oninput=${(/** @type {any} */ event) => setOther(event.currentTarget.value)}
        />
        <div class="row above-less">
          <button class="btn" type="submit">${t.otherKeep}</button>
          <button class="btn quiet" type="button" onclick=${() => setOther(null)}>${words().cancel}</button>
        </div>
      </form>`
    }`;
}
