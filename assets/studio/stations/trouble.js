// What is shown when the campaign cannot be read, when somebody else is at work, when something was left unfinished,
// and when the program is gone.
import { Button, Card, Folded, Note, Ticks } from "../components/basics.js";
import { Dialog } from "../components/dialog.js";
import { Aside, View } from "../components/view.js";
import { Icon } from "../icons.js";
import { go } from "../router.js";
import { change, engine, open, put, useStore, watch } from "../store.js";
import { html, useState } from "../vendor/htm-preact.js";
import { clock, say, sayLines, size } from "../words.js";

/** Opens the campaign once something was changed. @param {"take" | "copy" | "undo"} name */
async function openWith(name) {
  await change(name);
  await open();
}

export function Locked() {
  const { lock, campaign } = useStore();
  const [taking, setTaking] = useState(false);
  if (!lock) return null;
  const { since, isHere: here } = lock;
  const who = here ? "" : lock.who;
  const folder = campaign?.folder.split(/[\\/]/).findLast(Boolean) ?? "";
  const watches = { name: say("lock-watch"), text: say("lock-watch-text", { who, here }), button: say("lock-watch-button") };
  const copies = { name: say("lock-copy"), text: say("lock-copy-text", { folder }), button: say("lock-copy-button") };
  const takes = { name: say("lock-take", { here }), text: say("lock-take-text", { who, here }) };
  const button = say("lock-take-button", { here });
  const ways = [
    { ...watches, look: here ? "btn" : "btn first", run: watch },
    { ...copies, look: "btn", run: () => openWith("copy") },
  ];
  if (here) ways.unshift({ ...takes, button, look: "btn first", run: () => openWith("take") });
  else ways.push({ ...takes, button, look: "btn danger", run: () => setTaking(true) });
  return html`<${View}
    title=${say("lock-title")}
    lead=${say("lock-lead", { who, here, since: clock(since), title: campaign?.title ?? "" })}
    above
    see=${false}
    bottom=${false}
    page=${html`<${Aside} label=${say("lock-now")}>
      <${Card} id="lock-now" title=${say("lock-now")}>
        ${campaign?.savedAt && html`<p class="above-less">${say("lock-saved", { time: clock(campaign.savedAt) })}</p>`}
        <p class="small mute above-less">${say("lock-left", { who, here })}</p>
      <//>
    <//>`}
  >
    <${Card} id="lock-ways" title=${say("lock-what")}><${Choices} choices=${ways} /><//>
    ${taking && html`<${Dialog}
      title=${say("lock-sure", { who })}
      onClose=${() => setTaking(false)}
      footer=${html`<${Button} data-first run=${() => setTaking(false)}>${say("cancel")}<//>
        <${Button} look="btn danger" run=${() => openWith("take")}>${takes.name}<//>`}
    >
      <p>${say("lock-sure-text", { who })}</p>
    <//>`}
  <//>`;
}

/** @param {{choices: {name: string, text: string | null, button: string, look: string, run: () => void}[]}} props */
function Choices({ choices }) {
  return html`${choices.map(({ name, text, button, look, run }, index) =>
    html`<div class=${index ? "row between apart" : "row between above"} key=${name}>
      <div class="grow">
        <h3>${name}</h3>
        <p class="small mute">${text}</p>
      </div>
      <${Button} look=${look} run=${run}>${button}<//>
    </div>`)}`;
}

/** Where another window of the browser has the campaign, which only one can have. */
export function Elsewhere() {
  const { erased } = useStore();
  if (erased) return html`<${View} title=${say("browser-erased")} lead=${say("browser-erased-lead")} bottom=${false}><//>`;
  return html`<${View} title=${say("browser-elsewhere")} lead=${say("browser-elsewhere-lead")} bottom=${false}>
    <div class="row"><${Button} look="btn first big" run=${() => openWith("take")}>${say("browser-here")}<//></div>
  <//>`;
}

/** Once somebody has ended the program. */
export function Ended() {
  return html`<${View} title=${say("end-title")} lead=${say("end-lead")} bottom=${false}><//>`;
}

/** While the program comes: how much of it is there. */
export function Loading() {
  const { loading } = useStore();
  const far = loading && Math.min(100, Math.round((100 * loading.done) / loading.total));
  return html`<main id="work" tabindex="-1">
    ${loading && html`<div class="stack far loading">
      <h1 tabindex="-1">${say("browser-loading")}</h1>
      <p class="lead" role="status">${loading.done < loading.total ? say("browser-loading-text", { size: size(loading.total) }) : say("browser-starting")}</p>
      <div class="progress" role="progressbar" aria-label=${say("browser-loading")} aria-valuemin="0" aria-valuemax="100"
        aria-valuenow=${far}>
        <span style=${{ width: `${far}%` }}></span>
      </div>
    </div>`}
  </main>`;
}

/** @param {{text: string, words: string[], look?: string}} props words: to copy, and once it is copied */
function Copy({ text, words, look }) {
  const [copied, setCopied] = useState(false);
  const copy = () => navigator.clipboard.writeText(text).then(() => setCopied(true));
  return html`<${Button} look=${look} run=${copy}>${words[Number(copied)]}<//>`;
}

export function Broken() {
  const { broken } = useStore();
  if (!broken) return null;
  const { before, place, text, wayOut } = broken;
  const back = {
    name: say("broken-back"),
    text: before && say("broken-back-text", { change: before.text, time: before.at && clock(before.at) }),
    button: say("broken-back-button"),
    look: "btn first",
    run: () => openWith("undo"),
  };
  const again = {
    name: say("broken-mended"),
    text: say("broken-mended-text"),
    button: say("broken-again"),
    look: before ? "btn" : "btn first",
    run: open,
  };
  return html`<${View} title=${say("broken-title")} lead=${say("broken-lead")} bottom=${false}>
    <div class="duo"><${Card} id="broken-ways" title=${say("lock-what")}>
      <${Choices} choices=${before ? [back, again] : [again]} />
      <${Folded} look="folded apart" title=${say("broken-where")}>
        <p class="above-less"><b class="code">${place}</b></p>
        <p>${text}</p>
        ${wayOut && html`<p>${wayOut}</p>`}
        <${Copy}
          look="btn small above-less"
          text=${[place, text, wayOut].filter(Boolean).join("\n")}
          words=${[say("broken-copy"), say("broken-copied")]}
        />
      <//>
    <//></div>
  <//>`;
}

export function Unfinished() {
  const { unfinished, campaign } = useStore();
  if (!unfinished || !campaign) return null;
  const { text, at, row, done } = unfinished;
  const goOn = (/** @type {typeof at | string} */ place) => {
    put({ unfinished: null });
    go(place);
  };
  return html`<${View}
    title=${say("unfinished-title")}
    lead=${say("unfinished-lead", { time: clock(campaign.savedAt) })}
    above
    see=${false}
    bottom=${false}
    page=${html`<${Aside} label=${say("unfinished-happened")}>
      <${Card} id="happened" title=${say("unfinished-happened")}>
        <p class="small mute above-less">${say("unfinished-happened-text")}</p>
      <//>
    <//>`}
  >
    <section class="card">
      ${done.length > 0 && html`<h2>${say("unfinished-last")}</h2>
        <${Ticks} rows=${done.map((one) => [one.text, one.at && clock(one.at)])} />`}
      <${Note}
        look=${done.length ? "warn above" : "warn"}
        icon="pencil"
        title=${at.line ? say("unfinished-open") : say("unfinished-standing")}
      >
        <p class="small">${text}</p>
      <//>
      <div class="row above">
        <${Button} look="btn first big" run=${() => goOn(at)}>
          ${at.line ? say("unfinished-resume-line", { line: row }) : say("unfinished-resume")}<${Icon} name="right" />
        <//>
        <${Button} look="btn big" run=${() => goOn(at.station === "list" ? "#/liste/colonnes" : "#/")}>
          ${at.station === "list" ? say("unfinished-columns") : say("unfinished-home")}
        <//>
      </div>
    </section>
  <//>`;
}

export function Gone() {
  const { gone, campaign } = useStore();
  const field = document.activeElement;
  const [here] = useState(() =>
    field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement ? field.value : "",
  );
  const typed = gone?.length ? gone.join("\n") : here;
  return html`<${Dialog}
    title=${say("gone-title")}
    alert
    footer=${html`${typed && html`<${Copy} text=${typed} words=${[say("gone-copy"), say("gone-copied")]} />`}
      <${Button} look="btn first" data-first run=${() => engine.retry()}>${say("gone-retry")}<//>`}
  >
    <p>${campaign ? say("gone-text", { time: clock(campaign.savedAt) }) : say("gone-text-fresh")}</p>
    ${engine.hasFolder && html`<ol class="list">
        ${sayLines("gone-steps").map((step) => html`<li key=${step}>${step}</li>`)}
      </ol>
      <p class="small mute" role="status"><${Icon} name="clock" /> ${say("gone-retrying")}</p>`}
  <//>`;
}
