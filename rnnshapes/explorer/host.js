// The stand-in model, in anywidget's form: data on the page, and a line to the kernel once there is one (link.js).
const name = $NAME;
const data = $DATA;
const model = {
  live: null,
  heard: [],
  get: (key) => data[key],
  set(key, value) {
    data[key] = value;
    this.live?.set(key, value);
  },
  on(_, hear) {
    this.heard.push(hear);
  },
  save_changes() {
    this.live?.save_changes();
  },
  connect(live) {
    this.live = live;
    live.on("change:state", () => {
      data.state = live.get("state");
      for (const hear of this.heard) hear();
    });
  },
};
const place = document.getElementById(name);
if (place) {
  place.removeAttribute("id"); // a cell that was copied with its output has the same id again
  const el = document.createElement("div");
  place.append(el);
  render({ model, el });
  place.replaceChildren(el); // the figure makes room
  (globalThis.rnnshapesHosts ??= new Map()).set(name, model);
  globalThis.dispatchEvent(new CustomEvent("rnnshapes-host", { detail: name }));
}
