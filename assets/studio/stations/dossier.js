// A campaign that somebody sent: seen and compared before anything of it is taken.
/** @import { Contents, Dossier as Received, Fault, Glimpse } from "../contract" */
import { focusOn } from "../actions.js";
import { Url } from "../components/address.js";
import { FaultNote } from "../components/fault.js";
import { Aside, View } from "../components/view.js";
import { Icon } from "../icons.js";
import { go } from "../router.js";
import { change } from "../store.js";
import { html, useState } from "../vendor/htm-preact.js";
import { capital, day, say, sayRows } from "../words.js";

/**
 * @type {{current: {dossier: Received, contents: Contents | null, picture: Glimpse | null, faults: Fault[],
 *                   file: string} | null}}
 */
export const received = { current: null };

/** Icons of what somebody has to add. */
const YOURS = /** @type {const} */ (["pencil", "table", "phone"]);

export function Dossier() {
  const [same, setSame] = useState(false);
  const [asked, setAsked] = useState(false);
  const here = received.current;
  const home = { address: "#/", text: say("welcome-tab") };
  if (!here) return html`<${View} title=${say("dossier-tab")} lead=${say("dossier-gone")} back=${home} left=${say("dossier-gone")} />`;
  const { dossier, contents, picture, faults, file } = here;
  const over = contents?.over;
  const refused = faults.some(({ severity }) => severity === "error");
  const use = async () => {
    if (!same) {
      setAsked(true);
      focusOn(document.querySelector("#same"));
      return;
    }
    const { done } = await change("useDossier");
    const election = done?.campaign?.stations.find(({ id }) => id === "election");
    if (done) go(election?.state === "todo" ? "#/election" : "#/liste/fichier");
  };
  return html`<${View}
    title=${say("dossier-title")}
    tab=${say("dossier-tab")}
    lead=${say("dossier-lead", { campaign: dossier.title, day: dossier.issued ? day(dossier.issued) : "", publisher: dossier.publisher }) + (over ? "" : say("dossier-yours-missing"))}
    above
    back=${home}
    left=${refused ? say("dossier-refused") : same ? say("dossier-left-same") : say("dossier-left")}
    see=${false}
    page=${picture && html`<${Aside} label=${say("dossier-will")}>
      <figure class="desk">
        <div class="top"><h2>${say("dossier-will")}</h2></div>
        <div class=${picture.height > picture.width ? "page tall" : "page"}>
          <img src=${picture.url} width=${picture.width} height=${picture.height} alt=${say("dossier-will-alt", { name: picture.name })} />
        </div>
        <figcaption><span>${say("dossier-sample")}</span></figcaption>
      </figure>
    <//>`}
    next=${refused ? null : { text: over ? say("dossier-use-anyway") : say("dossier-use"), first: !over, run: use }}
  >
    <div class="stack far">
      ${faults.map((one) => html`<${FaultNote} key=${one.text} fault=${one} />`)}
      ${over && html`<div class="note warn">
        <${Icon} name="alert" />
        <div>
          <h2>${say("dossier-over", { day: day(over) })}</h2>
          <p>${say("dossier-over-text")}</p>
        </div>
      </div>`}
      ${!refused && html`<div class="note warn">
          <${Icon} name="eye" />
          <div>
            <h2>${say("dossier-compare")}</h2>
            <p>${say("dossier-compare-text")}</p>
            <p><b><${Url} url=${dossier.portal} /></b></p>
            <p>${say("dossier-compare-why")}</p>
            <label class="pick"><input
                type="checkbox"
                id="same"
                checked=${same}
                aria-invalid=${asked && !same ? "true" : null}
                aria-describedby="same-why"
                onchange=${(/** @type {any} */ event) => setSame(event.currentTarget.checked)}
              /><span>${say("dossier-same")}</span></label>
            <p id="same-why" class=${asked && !same ? "fault" : "unseen"} role="status">
              ${asked && !same ? say("dossier-left") : ""}
            </p>
          </div>
        </div>
        <div class=${picture ? "stack far" : "row tall"}>
          <section class="card" aria-labelledby="yours">
            <h2 id="yours">${say("dossier-yours")}</h2>
            <ol class="files">
              ${sayRows("dossier-yours-items").map(([what, how], nth) => html`<li key=${what}>
                <${Icon} name=${YOURS[nth]} />
                <div>
                  <b>${what}</b>
                  <div class="small mute">${how}</div>
                </div>
                <span class="tag line">${say("dossier-to-you")}</span>
              </li>`)}
            </ol>
          </section>
          <section class="card" aria-labelledby="inside">
            <h2 id="inside">${say("dossier-inside")}</h2>
            <p class="code mute">${file}</p>
            <ul class="ticks above-less">
              ${rowsOf(dossier, contents).map(
                ([what, how]) =>
                  html`<li key=${what}><${Icon} name="check" /><span>${what}</span><span class="push">${how}</span></li>`,
              )}
            </ul>
            <p class="small mute above-less"><${Icon} name="shield" /> ${say("dossier-harmless")}</p>
          </section>
        </div>`}
    </div>
  <//>`;
}

/**
 * Returns what a campaign that was sent decides, each with how much of it.
 * @param {Received} dossier
 * @param {Contents | null} contents
 * @returns {[string, string][]}
 */
function rowsOf({ documents }, contents) {
  /** @type {[string, string][]} */
  const rows = [[documents.join(", "), say("dossier-documents", { count: documents.length })]];
  if (!contents) return rows;
  const { answered, missing, own, addresses } = contents;
  rows.unshift([say("dossier-notice"), say("dossier-answered", { answers: answered, missing })]);
  if (own.length) rows.push([capital(own.map((key) => say("dossier-own", { key: key.replaceAll(".", "-") })).join(", ")), ""]);
  if (addresses) rows.push([say("dossier-tried"), say("dossier-academies", { count: addresses })]);
  return rows;
}
