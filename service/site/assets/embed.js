// For pages that show cards: makes each frame of the class factcheck-card as high as what is in it.
(function () {
  "use strict";
  if (window.factcheckCards) return;
  window.factcheckCards = true;
  function frames() {
    return Array.from(document.querySelectorAll("iframe.factcheck-card"));
  }
  window.addEventListener("message", function (event) {
    var said = event.data;
    if (!said || said.type !== "factcheck-card") return;
    var height = Number(said.height);
    if (!(height >= 40 && height <= 4000)) return;
    frames().forEach(function (frame) {
      // Only the frame that speaks is changed, and only while it shows the site it was made for.
      if (frame.contentWindow === event.source && new URL(frame.src).origin === event.origin) {
        frame.height = String(Math.ceil(height));
      }
    });
  });
  // Those that came before this script have told already.
  frames().forEach(function (frame) {
    frame.contentWindow.postMessage({ type: "factcheck-ask" }, "*");
  });
})();
