// Files that are dropped or pasted into the panel where it takes them (`data-drop-file`), or chosen there (`data-choose-file`).

/** @param {EventTarget | null} target */
const placeOf = (target) => (target instanceof Element ? target.closest('[data-drop-file]') : null);

/** @param {DataTransfer | null} data */
const hasFiles = (data) => data?.types.includes('Files') ?? false;

/**
 * @param {HTMLElement} root
 * @param {(file: File) => void} give called at the drop itself
 */
export function takeFiles(root, give) {
  /** @param {DataTransfer | null} data */
  const first = (data) => {
    const file = data?.files[0];
    if (file) give(file);
  };
  for (const type of /** @type {const} */ (['dragenter', 'dragover'])) {
    root.addEventListener(type, (event) => {
      // Without this the browser would open the file in place of the panel.
      if (!hasFiles(event.dataTransfer)) return;
      event.preventDefault();
      if (event.dataTransfer)
        event.dataTransfer.dropEffect = placeOf(event.target) ? 'copy' : 'none';
      placeOf(event.target)?.setAttribute('data-over', '');
    });
  }
  root.addEventListener('dragleave', ({ target }) => placeOf(target)?.removeAttribute('data-over'));
  root.addEventListener('drop', (event) => {
    if (!hasFiles(event.dataTransfer)) return;
    event.preventDefault();
    const place = placeOf(event.target);
    place?.removeAttribute('data-over');
    if (place) first(event.dataTransfer);
  });
  root.addEventListener('click', ({ target }) => {
    if (!(target instanceof Element) || !target.closest('[data-choose-file]')) return;
    const chooser = document.createElement('input');
    chooser.type = 'file';
    chooser.addEventListener('change', () => {
      const file = chooser.files?.[0];
      if (file) give(file);
    });
    chooser.click();
  });
  root.addEventListener('paste', (event) => {
    if (!placeOf(event.target) || !hasFiles(event.clipboardData)) return;
    event.preventDefault();
    first(event.clipboardData);
  });
}
