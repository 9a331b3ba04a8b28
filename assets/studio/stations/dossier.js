// A campaign that somebody sent: seen and compared before anything of it is taken.
/** @import { Contents, Dossier as Received, Fault, Glimpse } from "../contract" */
import { focusOn } from "../actions.js";
import { Url } from "../components/address.js";
import { Card, Note, Pick, Ticks } from "../components/basics.js";
import { FaultNote } from "../components/fault.js";
import { Desk } from "../components/page.js";
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

const YOURS = /** @type {const} */ (["pencil", "table", "phone"]); // icons of what somebody has to add

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
      return focusOn(document.querySelector("#same"));
    }
    const { done } = await change("useDossier");
    const election = done?.campaign?.stations.find(({ id }) => id === "election");
    if (done) go(election?.state === "todo" ? "#/election" : "#/liste/fichier");
  };
  const { title: campaign, issued, publisher, portal } = dossier;
  const lead = say("dossier-lead", { campaign, day: issued ? day(issued) : "", publisher });
  return html`<${View}
    title=${say("dossier-title")}
    tab=${say("dossier-tab")}
    lead=${lead + (over ? "" : say("dossier-yours-missing"))}
    above
    back=${home}
    left=${refused ? say("dossier-refused") : same ? say("dossier-left-same") : say("dossier-left")}
    see=${false}
    page=${picture && html`<${Will} picture=${picture} />`}
    next=${refused ? null : { text: over ? say("dossier-use-anyway") : say("dossier-use"), first: !over, run: use }}
  >
    <div class="stack far">
      ${faults.map((one) => html`<${FaultNote} key=${one.text} fault=${one} />`)}
      ${over && html`<${Note} title=${say("dossier-over", { day: day(over) })}><p>${say("dossier-over-text")}</p><//>`}
      ${!refused && html`<${Compare} portal=${portal} same=${same} setSame=${setSame} missed=${asked && !same} />
        <div class=${picture ? "stack far" : "row tall"}>
          <${Yours} />
          <${Card} id="inside" title=${say("dossier-inside")}>
            <p class="code mute">${file}</p>
            <${Ticks} rows=${rowsOf(dossier, contents)} />
            <p class="small mute above-less"><${Icon} name="shield" /> ${say("dossier-harmless")}</p>
          <//>
        </div>`}
    </div>
  <//>`;
}

/** @param {{picture: Glimpse}} props what the campaign makes */
const Will = ({ picture: { url, width, height, name } }) =>
  html`<${Aside} label=${say("dossier-will")}>
    <${Desk} title=${say("dossier-will")} caption=${say("dossier-sample")}>
      <div class=${height > width ? "page tall" : "page"}>
        <img src=${url} width=${width} height=${height} alt=${say("dossier-will-alt", { name })} />
      </div>
    <//>
  <//>`;

/** @param {{portal: string, same: boolean, setSame: (same: boolean) => void, missed: boolean}} props missed: it must be said first */
const Compare = ({ portal, same, setSame, missed }) =>
  html`<${Note} icon="eye" title=${say("dossier-compare")}>
    <p>${say("dossier-compare-text")}</p>
    <p><b><${Url} url=${portal} /></b></p>
    <p>${say("dossier-compare-why")}</p>
    <${Pick}
      id="same"
      checked=${same}
      aria-invalid=${missed ? "true" : null}
      aria-describedby="same-why"
      onchange=${(/** @type {any} */ event) => setSame(event.currentTarget.checked)}
      >${say("dossier-same")}<//>
    <p id="same-why" class=${missed ? "fault" : "unseen"} role="status">${missed ? say("dossier-left") : ""}</p>
  <//>`;

/** What somebody has to add to a campaign that was sent. */
const Yours = () =>
  html`<${Card} id="yours" title=${say("dossier-yours")}>
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
  <//>`;

/** Returns what a campaign that was sent decides, with how much of it. @param {Received} dossier @param {Contents | null} contents */
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
