// Reloads a page that shows how far a job is. Without JavaScript the page has a link for it.
(() => {
  const seconds = Number(document.currentScript.dataset.seconds) || 3;
  setTimeout(() => location.reload(), seconds * 1000);
})();
