// Removing the end of a composer's text, as one step that the engineer can undo.
import { frame, until } from './wait.js';

/** How long a removal may take to show, in ms. */
const LIMIT = 2000;
const COMMON = { bubbles: true, cancelable: true, composed: true };

/**
 * From the end of the block before, so that no empty one is left.
 * @param {HTMLElement} editable
 * @param {number} from
 */
function rangeFrom(editable, from) {
  const range = new Range();
  const { children } = editable;
  range.selectNodeContents(/** @type {Element} */ (children[from ? from - 1 : 0]));
  if (from) range.collapse();
  const end = new Range();
  end.selectNodeContents(/** @type {Element} */ (children[children.length - 1]));
  range.setEnd(end.endContainer, end.endOffset);
  return range;
}

/**
 * Removes what the composer holds from a block on. An editor that does not know the first way takes nothing, and is told in the
 * second, like a cut by hand; the clipboard stays as it is.
 * @param {HTMLElement} editable
 * @param {() => number | false} from the block, as long as it may be removed
 * @param {() => boolean} isOut
 */
export async function remove(editable, from, isOut) {
  let at = from();
  if (at === false) return;
  const { startContainer, startOffset, endContainer, endOffset } = rangeFrom(editable, at);
  const range = new StaticRange({ startContainer, startOffset, endContainer, endOffset });
  const inputType = 'deleteContentBackward';
  const input = new InputEvent('beforeinput', { ...COMMON, inputType, targetRanges: [range] });
  if (input.getTargetRanges()[0] && !editable.dispatchEvent(input)) {
    await until(LIMIT, isOut);
    return;
  }
  editable.focus({ preventScroll: true });
  editable.dispatchEvent(new FocusEvent('focus'));
  await frame();
  at = from();
  if (at === false) return;
  const wanted = rangeFrom(editable, at);
  const selection = /** @type {Selection} */ (getSelection());
  selection.removeAllRanges();
  selection.addRange(wanted);
  document.dispatchEvent(new Event('selectionchange'));
  await frame();
  await frame();
  // The editor may have put its own selection back.
  const stayed = selection.rangeCount && `${selection.getRangeAt(0)}` === `${wanted}`;
  if (!stayed || from() !== at) return;
  const cut = { ...COMMON, clipboardData: new DataTransfer(), dataType: 'text/plain', data: '' };
  if (!editable.dispatchEvent(new ClipboardEvent('cut', cut))) await until(LIMIT, isOut);
}
