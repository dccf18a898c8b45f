// Page script: finds the composer of the ticket in front and switches its channel, for the scripts
// that write into it or diagnose it.
import { channel, switchTo, writes } from './zendesk/channel.js';
import { look } from './zendesk/front.js';
import { shared } from './zendesk/shared.js';

shared.tetherComposer = { channel, look, switchTo, writes };
