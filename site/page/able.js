// Starts the program before the page is there; in a browser that cannot run it, says what would.
// Written for browsers that know little.
(function () {
  var able =
    typeof WebAssembly === "object" &&
    "Tag" in WebAssembly &&
    typeof DecompressionStream === "function" &&
    typeof indexedDB === "object" &&
    typeof structuredClone === "function" &&
    !!window.isSecureContext && !!navigator.locks && !!window.caches &&
    !!(window.crypto && crypto.subtle);
  if (able) {
    window.leafletWorker = new Worker("worker.js", { type: "module" });
    return;
  }
  var french = document.documentElement.lang !== "en";
  var local = location.protocol === "file:";
  var told = local
    ? french
      ? [
          "Cette page ne s’ouvre pas d’un double clic",
          "Le navigateur ne laisse pas une page ouverte depuis un fichier lire le programme à côté d’elle. Ouvrez-la à son adresse sur un site, ou par un petit serveur sur cet ordinateur.",
        ]
      : [
          "This page does not open with a double click",
          "The browser does not let a page opened from a file read the program beside it. Open it at its address on a site, or by a small server on this computer.",
        ]
    : french
      ? [
          "Ce navigateur ne peut pas faire marcher leaflet",
          "Il est trop ancien, ou WebAssembly y est désactivé, ou la page n’est pas ouverte en https. Il faut Firefox 120, Chrome ou Edge 123, Safari 17.5, ou plus récent. Rien n’a été envoyé.",
        ]
      : [
          "This browser cannot run leaflet",
          "It is too old, or WebAssembly is switched off in it, or the page is not opened over https. It takes Firefox 120, Chrome or Edge 123, Safari 17.5, or later. Nothing was sent.",
        ];
  window.leafletCannotRun = true;
  document.addEventListener("readystatechange", function () {
    if (document.readyState !== "interactive") return;
    var main = document.createElement("main");
    var title = document.createElement("h1");
    var text = document.createElement("p");
    main.className = "unable";
    title.appendChild(document.createTextNode(told[0]));
    text.appendChild(document.createTextNode(told[1]));
    main.appendChild(title);
    main.appendChild(text);
    document.body.replaceChild(main, document.getElementById("app"));
  });
})();
