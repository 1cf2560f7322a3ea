// A card in a frame tells the page around it how high it is: whenever that changes, or it is asked.
(function () {
  "use strict";
  if (window.parent === window) return;
  function tell() {
    var height = Math.ceil(document.body.getBoundingClientRect().height);
    window.parent.postMessage({ type: "factcheck-card", height: height }, "*");
  }
  window.addEventListener("message", function (event) {
    if (event.data && event.data.type === "factcheck-ask") tell();
  });
  new ResizeObserver(tell).observe(document.body);
})();
