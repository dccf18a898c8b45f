// The ticket's own fields, with the marks that the real page gives them.

import { Combobox, Field, Option } from '@zendeskgarden/react-dropdowns';
import { useEffect, useRef, useState } from 'react';

/** A dropdown: Garden's combobox; what is typed narrows the options. */
export function DropdownField({ field, value, onChange }) {
  const options = field.custom_field_options ?? [];
  const name = options.find((one) => one.value === value)?.name ?? '';
  const [typed, setTyped] = useState(null);
  const shown =
    typed === null
      ? options
      : options.filter((one) => one.name.toLowerCase().includes(typed.toLowerCase()));
  // Garden takes no attributes for its list, so the mark is put on afterwards.
  const box = useRef(null);
  useEffect(() => {
    box.current
      ?.querySelector('[role="listbox"]')
      ?.setAttribute('data-test-id', 'ticket-form-field-dropdown-menu');
  });
  return (
    <div
      className="property"
      ref={box}
      data-test-id={`ticket-form-field-dropdown-field-${field.id}`}
    >
      <Field>
        <Field.Label isRegular data-test-id="ticket-form-field-dropdown-label">
          {field.title}
        </Field.Label>
        <Combobox
          isCompact
          isAutocomplete
          data-test-id="ticket-form-field-dropdown-button"
          listboxAriaLabel={field.title}
          inputProps={{ 'data-test-id': 'ticket-form-field-dropdown-input' }}
          selectionValue={value ?? ''}
          inputValue={typed ?? (name || '-')}
          listboxMaxHeight="240px"
          onChange={({ type, selectionValue, inputValue, isExpanded }) => {
            if (
              (selectionValue !== undefined && type?.startsWith('option')) ||
              type === 'input:keyDown:Enter'
            ) {
              onChange(selectionValue || null);
              setTyped(null);
            } else if (type === 'input:change') {
              setTyped(inputValue ?? '');
            } else if (isExpanded === false || type === 'input:blur') {
              setTyped(null);
            }
          }}
        >
          <Option value="" label="-" data-test-id="ticket-form-field-dropdown-menu-option">
            -
          </Option>
          {shown.map((one) => (
            <Option key={one.value} value={one.value} label={one.name}>
              {one.name}
            </Option>
          ))}
        </Combobox>
      </Field>
    </div>
  );
}

/** A line of text. */
export function TextField({ field, value, onChange }) {
  const id = `text-${field.id}-${field.ticket}`;
  return (
    <div className="property" data-test-id={`ticket-form-field-text-field-${field.id}`}>
      <label htmlFor={id}>{field.title}</label>
      <input
        id={id}
        type="text"
        value={value ?? ''}
        onChange={(event) => onChange(event.target.value || null)}
      />
    </div>
  );
}
