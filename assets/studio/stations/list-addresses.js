// La liste, fourth part: addresses whose codes are tried with a phone before they are printed.
/** @import { Address, Addresses as All, List } from "../contract" */
import { View } from "../components/view.js";
import { Icon } from "../icons.js";
import { change, useLoaded } from "../store.js";
import { html, useState } from "../vendor/htm-preact.js";
import { number, words } from "../words.js";
import { partsOf } from "./list.js";

/** @param {{list: List}} props */
export function Addresses({ list }) {
  const t = words().addresses;
  const { value } = useLoaded("addresses");
  const items = /** @type {All | undefined} */ (value)?.items ?? [];
  const open = items.filter((item) => item.url && !item.confirmed);
  return html`<${View}
    title=${words().list.title}
    tab=${t.tab}
    lead=${t.lead(number(list.counts.ready), open.length)}
    beside=${partsOf(list, "adresses")}
    ready=${value != null}
    back=${{ address: "#/liste/cases", text: words().list.partNames[2] }}
    left=${t.left(open.length)}
    next=${{ text: words().list.nextToPages, address: "#/pages", first: value != null && !open.length, arrow: true }}
  >
    <div class="stack far">
      ${items.map((item) => html`<${One} key=${item.academie} item=${item} />`)}
      <p class="small mute">${t.kept}</p>
    </div>
  <//>`;
}

/** @param {string} url */
function parts(url) {
  const bare = url.replace(/^https?:\/\//, "").replace(/\/$/, "");
  const [host = "", ...path] = bare.split("/");
  const pieces = host.split(".");
  const known = pieces.slice(-2).join(".");
  return html`${pieces.slice(0, -2).map((piece) => `${piece}.`)}<b>${known}</b>${path.length ? `/${path.join("/")}` : ""}`;
}

/** @param {{item: Address}} props */
function One({ item }) {
  const t = words().addresses;
  const { academie, name, schools, url, origin, source, confirmed, candidates, code } = item;
  const [other, setOther] = useState(/** @type {string | null} */ (null));
  const confirm = (/** @type {string | null} */ address) => {
    setOther(null);
    return change("confirmAddress", { academie, url: address });
  };
  const heading = `address-${academie}`;
  const form =
    other !== null &&
    html`<form
      class="above-less"
      onsubmit=${(/** @type {Event} */ event) => {
        event.preventDefault();
        if (other.trim()) void confirm(other.trim());
      }}
    >
      <label for=${`${heading}-other`}>${t.otherLabel}</label>
      <p class="hint" id=${`${heading}-hint`}>${t.otherHint}</p>
      <input
        class="in code"
        id=${`${heading}-other`}
        inputmode="url"
        list=${`${heading}-known`}
        value=${other}
        aria-describedby=${`${heading}-hint`}
        oninput=${(/** @type {any} */ event) => setOther(event.currentTarget.value)}
      />
      <datalist id=${`${heading}-known`}>
        ${candidates.map((candidate) => html`<option key=${candidate.url} value=${candidate.url}>${candidate.source}</option>`)}
      </datalist>
      <div class="row above-less">
        <button class="btn" type="submit">${t.otherKeep}</button>
        <button class="btn quiet" type="button" onclick=${() => setOther(null)}>${words().cancel}</button>
      </div>
    </form>`;
  if (!url)
    return html`<article class="card" aria-labelledby=${heading}>
      <div class="row between">
        <div>
          <p class="small mute">${t.academy(name, number(schools), schools)}</p>
          <h2 id=${heading}>${t.noneKnown}</h2>
          <p class="mute">${origin || t.noneText}</p>
        </div>
        ${other === null && html`<button class="btn" type="button" onclick=${() => setOther("")}>${t.give}</button>`}
      </div>
      ${form}
    </article>`;
  return html`<article class="card" aria-labelledby=${heading}>
    <div class=${code ? "try" : "try bare"}>
      ${code &&
      html`<figure>
        <img src=${code} width="200" height="200" alt=${t.codeAlt(url)} />
      </figure>`}
      <div>
        <p class="small mute">${t.academy(name, number(schools), schools)}</p>
        <h2 id=${heading}><span class="code">${parts(url)}</span></h2>
        <p class="row tight above-less">
          ${confirmed
            ? html`<span class="tag good"><${Icon} name="check" />${origin || t.confirmed}</span>`
            : html`<span class="tag warn"><${Icon} name="clock" />${origin || t.untried}</span>`}
          ${source && html`<span class="small mute">${source}</span>`}
        </p>
        ${!confirmed &&
        html`<ol class="list above-less">
          ${t.steps.map((step) => html`<li key=${step}>${step}</li>`)}
        </ol>`}
        <div class="row above-less">
          ${!confirmed &&
          html`<button class="btn first" type="button" onclick=${() => confirm(url)}>
            <${Icon} name="check" />${t.works}
          </button>`}
          ${other === null && html`<button class="btn" type="button" onclick=${() => setOther("")}>${t.other}</button>`}
          <button class="btn quiet" type="button" onclick=${() => confirm(null)}>${t.dont}</button>
        </div>
        ${form}
      </div>
    </div>
  </article>`;
}
