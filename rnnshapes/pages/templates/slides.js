// What the slides need beside reveal.js: letters that fit, and keys that stay in the explorer until Esc.
const leaves = [...document.querySelectorAll(".sheet")];

// The cut is an estimate, and fonts differ: what is too tall gets smaller letters.
function fit(sheet) {
  const hidden = [sheet.closest("section"), sheet.closest("section.stack")].filter(Boolean);
  const before = hidden.map(({ style }) => style.display);
  for (const { style } of hidden) style.display = "block";
  for (let size = 100; size >= 50 && sheet.scrollHeight > sheet.clientHeight; size -= 3) sheet.style.fontSize = `${size}%`;
  hidden.forEach(({ style }, i) => (style.display = before[i]));
}

// An explorer is as large as the slide lets it be, once both are there: it may come after its slide.
// What it shows stands one below the other, or side by side where that gives larger letters.
function enlarge() {
  const slides = Reveal.isPrintView() ? document.querySelectorAll(".pdf-page") : [Reveal.getCurrentSlide()];
  for (const slide of slides) {
    const box = slide.querySelector(".explorer");
    const card = box?.querySelector(".rnnshapes-explorer[data-ready]");
    if (card && !card.style.zoom && box.clientHeight) fill(box, card);
  }
}
function fill(box, card) {
  const wide = (element) => element.scrollWidth > element.clientWidth;
  for (let percent = 125; percent >= 75; percent -= 5) {
    card.style.zoom = `${percent}%`;
    for (const beside of [false, true]) {
      card.toggleAttribute("data-beside", beside);
      const shown = [box, ...card.shadowRoot.querySelectorAll(".picture")];
      if (box.scrollHeight <= box.clientHeight && !shown.some(wide)) return;
    }
  }
  card.removeAttribute("data-beside");
}

const explorer = () => document.activeElement?.closest(".rnnshapes-explorer");

// Inside the explorer arrows move what is chosen; it keeps its keys to itself, except Esc. That leaves it.
document.addEventListener(
  "keydown",
  (event) => {
    if (event.key !== "Escape" || !explorer()) return;
    document.activeElement.blur();
    event.stopImmediatePropagation();
  },
  true,
);

Reveal.initialize({
  width: 1280,
  height: 720,
  margin: 0,
  center: false,
  hash: true,
  slideNumber: "c/t",
  controls: false,
  transition: "none",
  navigationMode: "linear", // every key and every clicker goes on through the sections too
  pdfSeparateFragments: false,
  plugins: [RevealNotes],
}).then(() => {
  leaves.forEach(fit);
  enlarge();
  new MutationObserver(enlarge).observe(document.body, { subtree: true, attributeFilter: ["data-ready"] });
  window.slidesReady = true;
});
Reveal.on("slidechanged", enlarge);
Reveal.on("pdf-ready", enlarge);
