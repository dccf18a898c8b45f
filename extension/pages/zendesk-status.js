// Page script: adds the choice of a status to the script that writes replies, in a Zendesk in which an entry of the submit
// button's menu chooses and does not submit. It is a script of its own because only that page job needs it.

import { shared } from './zendesk/shared.js';
import { chooseStatus } from './zendesk/status.js';

shared.tetherStatus = chooseStatus;
