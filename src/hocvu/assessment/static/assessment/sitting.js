// A test that loses nothing: each choice is sent at once, kept on this device until the server has it on
// disk, and sent again when the network is back. Without this script the plain forms do the same work.
(function () {
  "use strict";

  var box = document.getElementById("sitting");
  if (!box || !window.fetch || !window.JSON) { return; }

  var data = box.dataset;
  var form = document.getElementById("question-form");
  var stateLine = document.getElementById("save-state");
  var timeLine = document.getElementById("time-left");
  var storeKey = "hocvu-answers-" + data.attempt;
  var queue = read();                       // place -> answer not yet acknowledged
  var sequence = Number(data.sequence);
  var answered = Number(data.answered);
  var base = Number(data.seconds);
  var since = now();
  var sending = null, timer = null, wait = 2000, ended = false;

  function now() { return window.performance ? performance.now() : Date.now(); }

  function read() {
    try { return JSON.parse(localStorage.getItem(storeKey)) || {}; } catch (error) { return {}; }
  }

  function keep() {
    try { localStorage.setItem(storeKey, JSON.stringify(queue)); } catch (error) { /* private mode: memory only */ }
  }

  function waiting() { return Object.keys(queue).map(function (place) { return queue[place]; }); }

  function show(text, bad) {
    stateLine.textContent = text;
    stateLine.className = bad ? "govuk-error-message hv-big" : "govuk-body govuk-!-margin-bottom-0";
  }

  function showState() {
    var open = waiting().length;
    if (ended) { return; }
    if (open) { show(data.textUnsaved.replace("{n}", open), true); }
    else { show("✓ " + data.textSaved.replace("{a}", answered).replace("{t}", data.total), false); }
  }

  function end(text) { ended = true; show(text, true); }

  // Send everything that waits; resolves to true once nothing waits any more.
  function flush() {
    if (sending) { return sending.then(function () { return waiting().length ? flush() : true; }); }
    var batch = waiting();
    if (!batch.length || ended) { return Promise.resolve(!batch.length); }
    window.clearTimeout(timer);
    sending = fetch(data.url, {
      method: "POST",
      credentials: "omit",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ token: data.token, answers: batch })
    }).then(function (reply) {
      return reply.json().then(function (body) { return { status: reply.status, body: body }; });
    }).then(function (reply) {
      sending = null;
      if (reply.status === 200) { settle(batch, reply.body); return true; }
      if (reply.status === 403 || reply.status === 409) { refuse(reply.body.error); return false; }
      throw new Error(reply.status);
    }).catch(function () {
      sending = null;
      showState();
      timer = window.setTimeout(flush, wait);
      wait = Math.min(wait * 2, 20000);
      return false;
    });
    return sending;
  }

  function settle(batch, body) {
    batch.forEach(function (sent) {
      var held = queue[sent.position];
      if (held && held.client_sequence <= sent.client_sequence && body.saved.indexOf(sent.position) >= 0) {
        delete queue[sent.position];
        mark(sent.position);
      }
    });
    keep();
    sequence = Math.max(sequence, body.last);
    base = body.remaining_seconds;
    since = now();
    wait = 2000;
    showState();
  }

  function refuse(code) {
    queue = {};
    keep();
    end(code === "assessment.other_device" || code === "assessment.token_bad" ? data.textLost : data.textOver);
  }

  function mark(position) {
    var link = document.querySelectorAll(".hv-place")[position - 1];
    if (link && !link.classList.contains("hv-place--done")) {
      link.classList.add("hv-place--done");
      link.textContent = position + " ✓";
      answered += 1;
    }
  }

  function choose(value) {
    var position = Number(form.dataset.position);
    sequence += 1;
    queue[position] = {
      position: position, value: value, client_sequence: sequence, client_at: new Date().toISOString()
    };
    keep();
    show(data.textSaving, false);
    flush();
  }

  // Leave the page only when everything is on the server.
  function leave(event, href) {
    if (ended || !waiting().length) {
      if (href) { event.preventDefault(); window.location.assign(href); }
      return;
    }
    event.preventDefault();
    flush().then(function (done) { if (done && href) { window.location.assign(href); } });
  }

  if (form) {
    form.addEventListener("change", function (event) {
      if (event.target.name === "value" && !ended) { choose(event.target.value); }
    });
    form.addEventListener("submit", function (event) {
      var button = event.submitter || form.querySelector("button[data-href]");
      leave(event, button && button.dataset.href);
    });
  }
  var handIn = document.getElementById("hand-in-form");
  if (handIn) {
    handIn.addEventListener("submit", function (event) {
      if (!ended && waiting().length) {
        event.preventDefault();
        flush().then(function (done) { if (done) { handIn.submit(); } });
      }
    });
  }
  document.addEventListener("click", function (event) {
    var link = event.target.closest ? event.target.closest("a[href]") : null;
    if (link && waiting().length && !ended) { leave(event, link.href); }
  });
  window.addEventListener("online", function () { wait = 2000; flush(); });
  window.addEventListener("beforeunload", function (event) {
    if (waiting().length && !ended) { event.preventDefault(); event.returnValue = ""; }
  });

  function tick() {
    var left = Math.max(0, Math.floor(base - (now() - since) / 1000));
    var seconds = left % 60;
    timeLine.textContent = data.textLeft
      .replace("{m}", Math.floor(left / 60))
      .replace("{s}", (seconds < 10 ? "0" : "") + seconds);
    if (left === 0) {
      window.clearInterval(clockTimer);
      flush().then(function () { window.setTimeout(function () { window.location.assign(data.result); }, 22000); });
      if (!ended) { show(data.textOver, true); }
    }
  }

  var clockTimer = window.setInterval(tick, 1000);
  tick();
  showState();
  if (waiting().length) { sequence = Math.max(sequence, Math.max.apply(null, waiting().map(function (a) { return a.client_sequence; }))); flush(); }
})();
