(() => {
  // Makes the tables sortable and filterable. Without this script they stand as they are.
  const key = (row, at) => {
    const cell = row.cells[at];
    return cell.dataset.v === undefined ? cell.textContent.toLocaleLowerCase() : Number(cell.dataset.v);
  };
  for (const table of document.querySelectorAll('.scroll table')) {
    const body = table.tBodies[0];
    const heads = [...table.tHead.rows[0].cells];
    heads.forEach((head, at) => {
      const button = document.createElement('button');
      button.type = 'button';
      button.textContent = head.textContent;
      head.replaceChildren(button);
      button.addEventListener('click', () => {
        const now = head.getAttribute('aria-sort');
        const first = head.classList.contains('number') ? 'descending' : 'ascending';
        const order = now === null ? first : now === 'ascending' ? 'descending' : 'ascending';
        for (const other of heads) other.removeAttribute('aria-sort');
        head.setAttribute('aria-sort', order);
        const sign = order === 'ascending' ? 1 : -1;
        const rows = [...body.rows].map((row) => [key(row, at), row]);
        rows.sort(([a], [b]) => sign * (typeof a === 'number' && typeof b === 'number' ? a - b : String(a).localeCompare(String(b))));
        body.append(...rows.map(([, row]) => row));
      });
    });
    const region = table.parentElement;
    const bar = document.createElement('div');
    bar.className = 'filter';
    const label = document.createElement('label');
    const input = document.createElement('input');
    const told = document.createElement('span');
    input.type = 'search';
    input.id = `filter-${region.getAttribute('aria-labelledby')}`;
    label.htmlFor = input.id;
    label.textContent = 'Show rows with';
    told.setAttribute('role', 'status');
    input.addEventListener('input', () => {
      const wanted = input.value.trim().toLocaleLowerCase();
      let shown = 0;
      for (const row of body.rows) {
        row.hidden = !row.textContent.toLocaleLowerCase().includes(wanted);
        shown += row.hidden ? 0 : 1;
      }
      told.textContent = wanted ? `${shown} of ${body.rows.length} rows` : '';
    });
    bar.append(label, input, told);
    region.before(bar);
  }
})();
