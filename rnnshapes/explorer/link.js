// Ties an explorer on the page to its object in the kernel: the sliders and `explorer.state` are one.
//
// The explorer itself is HTML with a script, not a widget view: a view whose kernel is gone shows an error when the
// notebook is opened again, the HTML goes on exploring. anywidget calls this when the kernel's model arrives.

export default {
  initialize({ model }) {
    const name = model.get("name");
    const meet = () => globalThis.rnnshapesHosts?.get(name)?.connect(model);
    const arrived = ({ detail }) => detail === name && meet();
    globalThis.addEventListener("rnnshapes-host", arrived);
    meet();
    return () => globalThis.removeEventListener("rnnshapes-host", arrived);
  },
};
