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
import { day, words } from "../words.js";

/**
 * @type {{current: {dossier: Received, contents: Contents | null, picture: Glimpse | null, faults: Fault[],
 *                   file: string} | null}}
 */
export const received = { current: null };

export function Dossier() {
  const t = words().dossier;
  const [same, setSame] = useState(false);
  const [asked, setAsked] = useState(false);
  const here = received.current;
  const home = { address: "#/", text: words().welcome.tab };
  if (!here) return html`<${View} title=${t.tab} lead=${t.gone} back=${home} left=${t.gone} />`;
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
    title=${t.title}
    tab=${t.tab}
    lead=${t.lead(dossier.title, dossier.issued ? day(dossier.issued) : "", dossier.publisher) + (over ? "" : t.yoursMissing)}
    above
    back=${home}
    left=${refused ? t.refused : same ? t.leftSame : t.left}
    see=${false}
    page=${
      picture &&
      html`<${Aside} label=${t.will}>
        <figure class="desk">
          <div class="top"><h2>${t.will}</h2></div>
          <div class=${picture.height > picture.width ? "page tall" : "page"}>
            <img src=${picture.url} width=${picture.width} height=${picture.height} alt=${t.willAlt(picture.name)} />
          </div>
          <figcaption><span>${t.sample}</span></figcaption>
        </figure>
      <//>`
    }
    next=${refused ? null : { text: over ? t.useAnyway : t.use, first: !over, run: use }}
  >
    <div class="stack far">
      ${faults.map((one) => html`<${FaultNote} key=${one.text} fault=${one} />`)}
      ${
        over &&
        html`<div class="note warn">
          <${Icon} name="alert" />
          <div>
            <h2>${t.over(day(over))}</h2>
            <p>${t.overText}</p>
          </div>
        </div>`
      }
      ${
        !refused &&
        html`<div class="note warn">
            <${Icon} name="eye" />
            <div>
              <h2>${t.compare}</h2>
              <p>${t.compareText}</p>
              <p><b><${Url} url=${dossier.portal} /></b></p>
              <p>${t.compareWhy}</p>
              <label class="pick"
                ><input
                  type="checkbox"
                  id="same"
                  checked=${same}
                  aria-invalid=${asked && !same ? "true" : null}
                  aria-describedby="same-why"
                  onchange=${(/** @type {any} */ event) => setSame(event.currentTarget.checked)}
                /><span>${t.same}</span></label
              >
              <p id="same-why" class=${asked && !same ? "fault" : "unseen"} role="status">
                ${asked && !same ? t.left : ""}
              </p>
            </div>
          </div>
          <div class=${picture ? "stack far" : "row tall"}>
            <section class="card" aria-labelledby="yours">
              <h2 id="yours">${t.yours}</h2>
              <ol class="files">
                ${t.yoursItems.map(
                  ([icon, what, how]) =>
                    html`<li key=${what}>
                      <${Icon} name=${icon} />
                      <div>
                        <b>${what}</b>
                        <div class="small mute">${how}</div>
                      </div>
                      <span class="tag line">${t.toYou}</span>
                    </li>`,
                )}
              </ol>
            </section>
            <section class="card" aria-labelledby="inside">
              <h2 id="inside">${t.inside}</h2>
              <p class="code mute">${file}</p>
              <ul class="ticks above-less">
                ${rowsOf(dossier, contents).map(
                  ([what, how]) =>
                    html`<li key=${what}><${Icon} name="check" /><span>${what}</span><span class="push">${how}</span></li>`,
                )}
              </ul>
              <p class="small mute above-less"><${Icon} name="shield" /> ${t.harmless}</p>
            </section>
          </div>`
      }
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
  const t = words().dossier;
  /** @type {[string, string][]} */
  const rows = [[documents.join(", "), t.documents(documents.length)]];
  if (!contents) return rows;
  const { answered, missing, own, addresses } = contents;
  rows.unshift([t.notice, t.answered(answered, missing)]);
  if (own.length) rows.push([t.own(own), ""]);
  if (addresses) rows.push([t.tried, t.academies(addresses)]);
  return rows;
}
