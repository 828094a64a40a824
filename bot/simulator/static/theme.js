// Loaded before the first paint, so that a chosen theme does not flash.
(() => {
  try {
    const chosen = localStorage.getItem("simulator.theme");
    if (chosen === "dark" || chosen === "light") document.documentElement.dataset.theme = chosen;
  } catch {
    // Storage is switched off: the system's own preference decides.
  }
})();
