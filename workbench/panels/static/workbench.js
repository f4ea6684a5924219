// What a dashboard's page needs besides the widgets: progress while it opens, and words when the connection is lost.
// It stands in a file of its own because the page's security policy lets no script through that is not known.
(() => {
  const SLOW_AFTER = 20000;
  const LOST_AFTER = 4000;
  const byId = (id) => document.getElementById(id);
  let cells = 0;
  let open = 0;
  let leaving = false;

  // Voila calls these from its pages and from its front end.
  window.voila_heartbeat = () => {};
  window.voila_process = () => {};
  window.voila_finish = () => {};
  window.update_loading_text = () => {};

  window.workbenchCell = () => {
    const progress = byId("wb-status")?.querySelector("progress");
    if (!progress) return;
    cells += 1;
    // One step more than cells: the last one is the widgets' own drawing.
    progress.max = Number(document.body.dataset.cells) + 1;
    progress.value = cells;
  };
  window.workbenchCellsDone = () => {};
  window.workbenchFailed = () => {
    const status = byId("wb-status");
    status.hidden = Boolean(byId("wb-failed")); // which says itself what failed
    status.querySelector("p").textContent = status.dataset.failed;
    status.querySelector("progress").hidden = true;
  };

  const drawn = () => document.querySelector(".wb-page :is(.wb-canvas, .wb-edit)[data-drawn]");
  document.addEventListener("DOMContentLoaded", () => {
    const status = byId("wb-status");
    if (!status) return;
    const slow = setTimeout(() => {
      status.querySelector("p").textContent = status.dataset.slow;
    }, SLOW_AFTER);
    const place = byId("wb-main");
    const watch = new MutationObserver(() => {
      // The front end hangs its shell below the footer; it belongs into the page's main part.
      const shell = document.querySelector("body > #main");
      if (shell) place.append(shell);
      // Its empty bars say that they are the page's header and footer; those are ours.
      for (const bar of place.querySelectorAll("#voila-top-panel[role], #voila-bottom-panel[role]")) bar.removeAttribute("role");
      if (!drawn()) return;
      clearTimeout(slow);
      watch.disconnect();
      status.hidden = true;
      document.body.dataset.ready = "true";
    });
    watch.observe(document.body, { subtree: true, childList: true, attributes: true, attributeFilter: ["data-drawn"] });
  });

  window.addEventListener("pagehide", () => {
    leaving = true;
  });

  const tell = () => {
    const place = byId("wb-lost");
    if (place) place.hidden = leaving || open > 0;
  };
  const Plain = window.WebSocket;
  window.WebSocket = class extends Plain {
    constructor(...all) {
      super(...all);
      this.addEventListener("open", () => {
        open += 1;
        tell();
      });
      this.addEventListener("close", () => {
        open = Math.max(0, open - 1);
        setTimeout(tell, LOST_AFTER);
      });
    }
  };
})();
