/* Chinese places, each list filled from the one above it, and fields that follow the country.
   The page works without this file: buttons named in data-more send the form for the next list. */

/** Fetched once for all forms of the page. `code + name` to `code + name` to [`code + name`, ...]. */
const trees = new Map();
const PROVINCES_OUTSIDE = { 71: "TW", 81: "HK", 82: "MO" };
const TOWN_CODE_LENGTH = 9;

const fetched = (url) => {
  if (!trees.has(url)) trees.set(url, fetch(url).then((answer) => (answer.ok ? answer.json() : Promise.reject(answer.status))));
  return trees.get(url);
};

const codeOf = (label) => label.match(/^\d*/)[0];
const nameOf = (label) => label.slice(codeOf(label).length);

/** The first level of a country, as an object of label to what is below. */
const regionsOf = (tree, country) => {
  const entries = Object.entries(tree);
  if (country === "CN") return Object.fromEntries(entries.filter(([label]) => !(codeOf(label) in PROVINCES_OUTSIDE)));
  return entries.find(([label]) => PROVINCES_OUTSIDE[codeOf(label)] === country)?.[1] ?? {};
};

const labelsBelow = (below) => (Array.isArray(below) ? below : Object.keys(below ?? {}));
const chosen = (below, name) => labelsBelow(below).find((label) => nameOf(label) === name);

const fill = (list, labels) => {
  const known = list.value;
  const [first] = list.options;
  list.replaceChildren(first, ...labels.map((label) => new Option(nameOf(label), nameOf(label))));
  list.value = labels.some((label) => nameOf(label) === known) ? known : "";
  if (labels.length === 1) list.value = nameOf(labels[0]);
};

/** Towns may be left out; a city without anything below needs no list at all. */
const showDistrict = (list, city, labels, optional) => {
  const part = list.closest("[data-part]");
  part.hidden = Boolean(city) && labels.length === 0;
  const isNeeded = labels.length === 0 || codeOf(labels[0]).length !== TOWN_CODE_LENGTH;
  list.required = isNeeded && !part.hidden;
  part.querySelector("label .optional")?.remove();
  if (!isNeeded) {
    const note = Object.assign(document.createElement("span"), { className: "optional", textContent: optional });
    part.querySelector("label").append(" ", note);
  }
};

/** Taken away, not hidden: a hidden first button would still be what Enter presses. */
const withoutButton = (box, what) => box.querySelectorAll(`[data-address-more="${what}"]`).forEach((button) => button.remove());

const cascade = (box, tree) => {
  const [region, city, district] = ["region", "city", "district"].map((level) => box.querySelector(`select[data-level="${level}"]`));
  const regions = regionsOf(tree, box.dataset.country);
  const follow = () => {
    const cities = regions[chosen(regions, region.value)];
    fill(city, labelsBelow(cities));
    if (!district) return;
    const cityLabel = chosen(cities, city.value);
    const districts = labelsBelow(cityLabel && cities[cityLabel]);
    fill(district, districts);
    showDistrict(district, cityLabel, districts, box.dataset.optional);
  };
  region.addEventListener("change", follow);
  city.addEventListener("change", follow);
  /* On a slow line places were chosen before this could listen. Lists that already follow are left as they came: the
     server may have put a development zone among the districts, which is in no table. */
  const cities = regions[chosen(regions, region.value)];
  const cityLabel = chosen(cities, city.value);
  const holds = (list, labels) => !list || labels.every((label) => [...list.options].some((option) => option.value === nameOf(label)));
  if (!holds(city, labelsBelow(cities)) || !holds(district, labelsBelow(cityLabel && cities[cityLabel]))) follow();
  withoutButton(box, "list");
};

const askForCountry = (box, list) => {
  list.addEventListener("change", () => {
    const more = Object.assign(document.createElement("input"), { type: "hidden", name: box.dataset.more, value: "1" });
    list.form.append(more);
    list.form.requestSubmit();
  });
};

document.querySelectorAll("[data-address]").forEach((box) => {
  const country = box.querySelector("select[data-address-country]");
  if (country) {
    askForCountry(box, country);
    withoutButton(box, "country");
  }
  if (box.dataset.divisions && box.querySelector("select[data-level]")) {
    fetched(box.dataset.divisions).then((tree) => cascade(box, tree), () => {});
  }
});
