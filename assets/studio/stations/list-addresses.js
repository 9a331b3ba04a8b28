// La liste, fourth part: addresses whose codes are tried with a phone before they are printed.
/** @import { Address, Addresses as All, Candidate, List } from "../contract" */
import { View } from "../components/view.js";
import { Icon } from "../icons.js";
import { change, useLoaded } from "../store.js";
import { html, useState } from "../vendor/htm-preact.js";
import { number, words } from "../words.js";
import { partsOf } from "./list.js";

/**
 * Tells whether an address is to be tried: it is printed, or will be, and nobody has confirmed it.
 * @param {Candidate} candidate
 */
const isOpen = ({ isLink, confirmed, use }) => isLink && !confirmed && use !== "reserve";

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

/**
 * Sets the part of an address that says whose it is apart from the rest.
 * @param {string} url
 */
function parts(url) {
  const bare = url.replace(/^https?:\/\//, "").replace(/\/$/, "");
  const [host = "", ...path] = bare.split("/");
  const pieces = host.split(".");
  const owner = pieces.slice(-2).join(".");
  const before = pieces.slice(0, -2).map((piece) => `${piece}.`);
  return html`${before}<b>${owner}</b>${path.map((piece) => `/${piece}`)}`;
}

/** @param {{item: Address, next: Candidate | undefined}} props */
function Academy({ item, next }) {
  const t = words().addresses;
  const { academie, name, schools, printed, candidates } = item;
  const links = candidates.filter(({ isLink, use, confirmed }) => isLink && (use !== "reserve" || confirmed));
  const others = candidates.filter((one) => one.isLink && !links.includes(one));
  const heading = `address-${academie}`;
  return html`<article class="card" aria-labelledby=${heading}>
    <p class="small mute">${t.academy(name, number(schools), schools)}</p>
    ${
      links.length
        ? links.map((one, index) => {
            const id = index ? `${heading}-${index}` : heading;
            const shown = html`<${Try} key=${one.key} candidate=${one} first=${one === next} id=${id} />`;
            const apart = index > 0 && html`<div class="apart"></div>`;
            if (one === next || !isOpen(one)) return html`${apart}${shown}`;
            return html`${apart}
              <details class="folded" key=${one.key}>
                <summary>
                  <${Icon} name="open" /><span class="code">${parts(one.url)}</span>
                  <span class="mute small push">${t.after}</span>
                </summary>
                ${shown}
              </details>`;
          })
        : html`<h2 id=${heading}>${t.noneKnown}</h2>
            <p class="mute">${t.noneText}</p>`
    }
    ${
      printed &&
      html`<p class="small mute above-less">
        ${t.printed(printed.replace(/https?:\/\//g, "").replace(/\/$/, ""))}
      </p>`
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

/** @param {{candidate: Candidate, first: boolean, id: string}} props */
function Try({ candidate, first, id }) {
  const t = words().addresses;
  const { key, label, url, source, attested, state, confirmed, code } = candidate;
  const [other, setOther] = useState(/** @type {string | null} */ (null));
  const confirm = (/** @type {string | undefined} */ given) => {
    setOther(null);
    return change("confirmAddress", { key, ...(given ? { url: given } : {}) });
  };
  return html`<div class="try above-less">
    <figure><img src=${code} width="200" height="200" alt=${t.codeAlt(url)} /></figure>
    <div>
      <h2 id=${id}><span class="code">${parts(url)}</span></h2>
      ${label && html`<p class="mute">${label}</p>`}
      <p class="row tight above-less">
        ${
          confirmed
            ? html`<span class="tag good"><${Icon} name="check" />${t.confirmed}</span>`
            : html`<span class="tag warn"><${Icon} name="clock" />${t.attested(attested)}</span>`
        }
        <span class="small mute">${[state, source].filter(Boolean).join(" · ")}</span>
      </p>
      ${
        !confirmed &&
        html`<ol class="list above-less">
          ${(key.endsWith(".webmail") ? t.steps : t.stepsOther).map((step) => html`<li key=${step}>${step}</li>`)}
        </ol>`
      }
      <div class="row above-less">
        ${
          !confirmed &&
          html`<button class=${first ? "btn first" : "btn"} type="button" onclick=${() => confirm(undefined)}>
            <${Icon} name="check" />${t.works}<span class="unseen"> : ${url}</span>
          </button>`
        }
        ${
          other === null &&
          html`<button class="btn" type="button" onclick=${() => setOther("")}>
            ${t.other}<span class="unseen"> : ${url}</span>
          </button>`
        }
      </div>
      ${
        other !== null &&
        html`<form
          class="above-less"
          onsubmit=${(/** @type {Event} */ event) => {
            event.preventDefault();
            if (other.trim()) void confirm(other.trim());
          }}
        >
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
      }
    </div>
  </div>`;
}
