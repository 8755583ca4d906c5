// The page is complete without this script: it adds a choice of theme, folding of all code, and help for the keyboard.
(() => {
  const root = document.documentElement;
  const themes = ["automatic", "light", "dark"];
  const remembered = (() => {
    try {
      return localStorage.getItem("unrolled-theme");
    } catch {
      return null; // Some browsers give pages from file:// no storage.
    }
  })();

  const themeButton = document.getElementById("theme");
  const setTheme = (theme) => {
    if (theme === "automatic") delete root.dataset.theme;
    else root.dataset.theme = theme;
    themeButton.textContent = `Theme: ${theme}`;
    try {
      localStorage.setItem("unrolled-theme", theme);
    } catch { /* The choice then lasts as long as the page. */ }
  };
  setTheme(themes.includes(remembered) ? remembered : "automatic");
  themeButton.hidden = false;
  themeButton.addEventListener("click", () => {
    const current = root.dataset.theme ?? "automatic";
    setTheme(themes[(themes.indexOf(current) + 1) % themes.length]);
  });

  const code = [...document.querySelectorAll("details.code")];
  const foldButton = document.getElementById("fold");
  if (code.length > 0) {
    foldButton.hidden = false;
    let shown = false;
    foldButton.addEventListener("click", () => {
      shown = !shown;
      for (const cell of code) cell.open = shown;
      foldButton.textContent = shown ? "Hide all code" : "Show all code";
    });
  }

  for (const button of document.querySelectorAll("button.enlarge")) {
    const picture = button.closest("figure").querySelector(".picture");
    button.hidden = false;
    button.addEventListener("click", () => {
      const large = picture.classList.toggle("large");
      button.setAttribute("aria-pressed", String(large));
      markScrollers();
    });
  }

  // What scrolls sideways must be reachable by keyboard; what does not should not be a stop on the way.
  const markScrollers = () => {
    for (const box of document.querySelectorAll(".scroll, pre, .picture")) {
      if (box.scrollWidth > box.clientWidth + 1) box.tabIndex = 0;
      else box.removeAttribute("tabindex");
    }
  };
  addEventListener("resize", markScrollers);
  addEventListener("load", markScrollers);
  document.addEventListener("toggle", markScrollers, true);

  const contents = document.querySelector(".contents details");
  if (contents && matchMedia("(max-width: 70rem)").matches) contents.open = false;

  // On paper everything is open.
  let closed = [];
  addEventListener("beforeprint", () => {
    closed = [...document.querySelectorAll("main details:not([open])")];
    for (const details of closed) details.open = true;
  });
  addEventListener("afterprint", () => {
    for (const details of closed) details.open = false;
  });
})();
