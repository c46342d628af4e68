// Before the first paint, so that nothing flashes: the colours that were chosen, or the system's. The viewer's are chosen by the page around it.
(function () {
  var chosen = null;
  if (location.pathname === "/viewer") chosen = (/[#&]theme=(light|dark)(&|$)/.exec(location.hash) || [])[1];
  else try { chosen = localStorage.getItem("mantine-color-scheme-value"); } catch (e) { /* no storage: the system's */ }
  var dark = chosen === "dark" || (chosen !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
  document.documentElement.setAttribute("data-mantine-color-scheme", dark ? "dark" : "light");
})();
