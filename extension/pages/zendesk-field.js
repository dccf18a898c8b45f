// Page script: finds the Organization field of the user in front, for the scripts that fill it or
// diagnose it.
import { findField } from './zendesk/field.js';
import { shared } from './zendesk/shared.js';

shared.tetherField = findField;
