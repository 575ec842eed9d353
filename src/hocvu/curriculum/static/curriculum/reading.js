// Reports the seconds for which a lesson was really being read, and offers the print dialogue.
// A page works without it: nothing here is needed to read, and nothing is sent unless the page says where.
(() => {
  "use strict";

  const printer = document.querySelector("[data-print]");
  if (printer) {
    printer.hidden = false;
    printer.addEventListener("click", () => window.print());
  }

  const page = document.querySelector("[data-reading-url]");
  if (!page) return;

  const IDLE = 90 * 1000; // a long paragraph is read without touching the screen
  const EVERY = 30; // seconds between reports
  let seconds = 0;
  let touched = Date.now();

  const send = () => {
    if (!seconds) return;
    const body = new FormData();
    body.append("csrfmiddlewaretoken", page.dataset.csrf);
    body.append("lesson", page.dataset.readingLesson);
    body.append("version", page.dataset.readingVersion);
    body.append("seconds", String(seconds));
    const counted = seconds;
    seconds = 0;
    fetch(page.dataset.readingUrl, { method: "POST", body, keepalive: true, credentials: "same-origin" })
      .then((answer) => { if (answer.status >= 500) seconds += counted; })
      .catch(() => { seconds += counted; }); // no network now: sent with the next report
  };

  for (const kind of ["scroll", "pointerdown", "pointermove", "keydown", "touchstart"]) {
    window.addEventListener(kind, () => { touched = Date.now(); }, { passive: true });
  }
  window.setInterval(() => {
    if (document.visibilityState === "visible" && Date.now() - touched < IDLE) seconds += 1;
    if (seconds >= EVERY) send();
  }, 1000);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") send();
    else touched = Date.now();
  });
  window.addEventListener("pagehide", send);
})();
