/* What can be seen of a page with its own eyes and a keyboard; put into the page once, and asked by name.
   Every finding is [rule, selector, what to do]. */
(() => {
  "use strict";

  const shown = (node) => node.checkVisibility({ visibilityProperty: true, opacityProperty: false, contentVisibilityAuto: true });

  /* A short selector a person finds the element by. */
  const named = (node) => {
    const one = (each) => {
      const id = each.id && `#${each.id}`;
      const name = each.getAttribute("name");
      return each.localName + (id || (name ? `[name="${name}"]` : [...each.classList].slice(0, 2).map((word) => `.${word}`).join("")));
    };
    const words = (node.getAttribute("aria-label") || node.textContent || "").trim().replace(/\s+/g, " ").slice(0, 30);
    return (node.parentElement && !node.id ? `${one(node.parentElement)} > ` : "") + one(node) + (words ? ` “${words}”` : "");
  };

  const focusable = () =>
    [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex], audio[controls]")].filter(
      (node) => !node.disabled && node.tabIndex >= 0 && shown(node) && !(node.type === "radio" && node.name && !first(node)),
    );
  const first = (radio) => {
    const same = [...document.querySelectorAll('input[type="radio"]')].filter((other) => other.name === radio.name && other.form === radio.form);
    return (same.find((other) => other.checked) ?? same[0]) === radio;
  };

  /* The structure: h1, language, order of headings, ids, tab order. */
  const structure = () => {
    const found = [];
    const heads = [...document.querySelectorAll("h1")].filter(shown);
    if (heads.length !== 1) found.push(["one-h1", heads.map(named).join(", ") || "body", `has ${heads.length} visible <h1>; give it one`]);
    if (!document.documentElement.lang) found.push(["lang", "html", "say its language"]);
    if (!document.title.trim()) found.push(["title", "title", "has no words"]);
    let level = 0;
    document.querySelectorAll("main h1, main h2, main h3, main h4, main h5, main h6").forEach((head) => {
      if (!shown(head) || head.closest(".error-summary")) return; // an error is said before the page
      const here = Number(head.localName[1]);
      if (here > level + 1) found.push(["heading-order", named(head), `<h${here}> follows <h${level}>; use <h${level + 1}>`]);
      level = here;
    });
    document.querySelectorAll("[tabindex]").forEach((node) => {
      if (node.tabIndex > 0) found.push(["tabindex", named(node), "take the positive tabindex away"]);
    });
    for (const attribute of ["aria-describedby", "aria-labelledby", "aria-controls", "for"]) {
      document.querySelectorAll(`[${attribute}]`).forEach((node) => {
        node.getAttribute(attribute).split(/\s+/).filter(Boolean).forEach((id) => {
          if (!document.getElementById(id)) found.push([attribute, named(node), `points to #${id}, which is not on the page`]);
        });
      });
    }
    return found;
  };

  /* Every stop of the Tab key: it is on the screen, nothing lies over it, and it looks different from before. Press Tab once before. */
  const LOOK = ["outlineStyle", "outlineWidth", "outlineColor", "boxShadow", "borderTopColor", "backgroundColor", "textDecorationLine"];
  const faces = (node) => {
    const around = [node, node.parentElement, node.nextElementSibling, node.labels?.[0], node.closest("label, .picture-choice, .choice, li")];
    const styles = around.filter(Boolean).map((each) => getComputedStyle(each));
    styles.push(getComputedStyle(node, "::after")); // a link that is as large as its tile
    return styles.map((style) => LOOK.map((name) => style[name]).join("|")).join("\n");
  };
  const settled = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  /* All that moves has come to rest; what never does is told by movement(). */
  const stilled = () => {
    const ending = document.getAnimations().filter((each) => each.effect.getComputedTiming().endTime !== Infinity);
    return Promise.all(ending.map((each) => each.finished.catch(() => null))).then(() => null);
  };
  const trouble = (node) => {
    const seen = node.labels?.[0] && node.getBoundingClientRect().width < 2 ? node.labels[0] : node;
    const box = seen.getClientRects()[0] ?? seen.getBoundingClientRect();
    const [left, top, right, bottom] = [Math.max(box.left, 0), Math.max(box.top, 0), Math.min(box.right, innerWidth), Math.min(box.bottom, innerHeight)];
    if (right - left < 1 || bottom - top < 1) return ["focus-on-screen", named(node), "has the focus outside the screen"];
    const places = [[0.5, 0.5], [0.1, 0.15], [0.9, 0.85], [0.1, 0.85], [0.9, 0.15]];
    const above = places.map(([x, y]) => document.elementFromPoint(left + (right - left) * x, top + (bottom - top) * y)).filter(Boolean);
    const own = (over) =>
      node.contains(over) || over.contains(node) || seen.contains(over) || node.parentElement.contains(over) || [...(node.labels ?? [])].some((label) => label.contains(over));
    if (!above.length || above.some(own)) return null;
    return ["focus-not-obscured", named(node), `has the focus under ${named(above[0])}; give the page scroll-padding`];
  };
  const focus = async () => {
    const found = [];
    for (const node of focusable()) {
      document.activeElement?.blur();
      const before = faces(node);
      node.focus();
      if (document.activeElement !== node) {
        found.push(["focus", named(node), "is a stop of the Tab key but takes no focus"]);
        continue;
      }
      if (faces(node) === before) found.push(["focus-visible", named(node), "looks the same with focus; let :focus-visible give it an outline"]);
      if (!trouble(node)) continue;
      await settled(); // what slides into sight has had its time
      const left = trouble(node);
      if (left) found.push(left);
    }
    document.activeElement?.blur();
    scrollTo(0, 0);
    await settled();
    return found;
  };

  /* Whether something around it keeps it from widening the page; what is placed absolutely slips out of boxes that are not placed. */
  const scrolls = (node) => {
    let slips = getComputedStyle(node).position === "absolute";
    for (let each = node.parentElement; each && each !== document.body; each = each.parentElement) {
      const { overflowX, position } = getComputedStyle(each);
      if (slips && position === "static") continue;
      if (["auto", "scroll", "hidden", "clip"].includes(overflowX) || position === "fixed") return true;
      slips = position === "absolute";
    }
    return getComputedStyle(node).position === "fixed";
  };
  const sideways = (rule) => {
    const wide = document.documentElement.scrollWidth;
    if (wide <= innerWidth) return [];
    const worst = [...document.body.querySelectorAll("*")].filter((node) => shown(node) && node.getBoundingClientRect().right > innerWidth + 0.5 && !scrolls(node));
    const last = worst.filter((node) => !worst.some((other) => other !== node && node.contains(other)))[0] ?? document.body;
    return [[rule, named(last), `makes the page ${wide} px wide on a screen of ${innerWidth}; let it wrap, or scroll in a region with tabindex="0"`]];
  };
  /* A region that scrolls by itself can be reached by keyboard. */
  const regions = () =>
    [...document.body.querySelectorAll("*")]
      .filter((node) => node.scrollWidth > node.clientWidth + 1 && ["auto", "scroll"].includes(getComputedStyle(node).overflowX) && shown(node))
      .filter((node) => node.tabIndex < 0 && !node.querySelector("a[href], button, input, select, textarea, [tabindex='0']"))
      .map((node) => ["scrollable-region", named(node), 'scrolls sideways and no key reaches it; give it tabindex="0", role="region" and a name']);

  /* Words that a box cuts off. */
  const clipped = () =>
    [...document.body.querySelectorAll("main *, header *, footer *, nav *")]
      .filter((node) => {
        const style = getComputedStyle(node);
        if (!["hidden", "clip"].includes(style.overflowX) && !["hidden", "clip"].includes(style.overflowY)) return false;
        if (!shown(node) || node.clientWidth < 4 || node.clientHeight < 4 || !node.textContent.trim() || node.closest("svg, select, .visually-hidden")) return false;
        if (style.textOverflow === "ellipsis" && node.closest("[aria-label], [title]")) return false; // said in full elsewhere
        const cut = (style.overflowY !== "visible" && style.overflowY !== "auto" && node.scrollHeight > node.clientHeight + 3) || (style.overflowX !== "auto" && node.scrollWidth > node.clientWidth + 3);
        return cut && !["scroll", "auto"].includes(style.overflowY);
      })
      .filter((node) => [...node.querySelectorAll("*"), node].some((each) => [...each.childNodes].some((child) => child.nodeType === 3 && child.data.trim()) && shown(each)))
      .map((node) => ["text-at-200%", named(node), "cuts its words off when text is twice as large; let it grow"]);
  const doubled = () => {
    document.documentElement.style.fontSize = "200%";
    const found = [...clipped(), ...sideways("wide-at-200%")];
    document.documentElement.style.fontSize = "";
    return found;
  };

  const movement = () =>
    document
      .getAnimations()
      .filter((each) => each.playState === "running" && Number(each.effect?.getComputedTiming().activeDuration) > 10)
      .map((each) => ["reduced-motion", named(each.effect.target), "moves although the reader asked for no movement"]);

  /* After a form that was refused, what is wrong has the focus. */
  const refused = () => {
    const summary = document.querySelector(".error-summary");
    if (!summary || document.activeElement === summary) return [];
    return [["error-summary-focus", named(summary), `the focus is on ${named(document.activeElement)}`]];
  };

  window.looks = { settled, stilled, structure, focus, sideways, regions, doubled, movement, refused };
})();
