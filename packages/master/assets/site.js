// Nothing here is needed to read the pages: it fills in this site's own address, and searches the list of packages.

for (const element of document.querySelectorAll('[data-address]'))
  element.textContent = new URL(element.dataset.address, location.href).href;

const search = document.querySelector('#search');
if (search) void searchPackages(search, document.querySelector('#found'), document.querySelector('#count'));

async function searchPackages(input, list, count) {
  const answer = await fetch('packages.json');
  const { packages } = await answer.json();
  const most = 200;
  const show = () => {
    const wanted = input.value
      .trim()
      .toLowerCase()
      .replace(/[-_.]+/g, '-');
    const having = packages.filter(({ name }) => name.includes(wanted));
    const found = [0, 1, 2].flatMap((place) => having.filter(({ name }) => rank(name, wanted) === place));
    list.replaceChildren(...found.slice(0, most).map(item));
    const shown = found.length > most ? `, ${most} of them shown` : '';
    count.textContent = `${found.length} ${found.length === 1 ? 'package' : 'packages'}${shown}`;
  };
  input.addEventListener('input', show);
  input.hidden = false;
  show();
}

/** The name itself first, then names that begin so, then the others. */
function rank(name, wanted) {
  if (name === wanted) return 0;
  return name.startsWith(wanted) ? 1 : 2;
}

function item({ name, wheels }) {
  const link = document.createElement('a');
  link.href = `project/${name}/`;
  link.textContent = name;
  const element = document.createElement('li');
  element.append(link);
  if (!wheels) element.append(' (no wheels)');
  return element;
}
