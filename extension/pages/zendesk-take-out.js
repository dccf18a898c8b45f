// Page script: takes a drafted reply out of a ticket's composer.
import { listen } from './common/listen.js';
import { takeOut } from './zendesk/take-out.js';

listen('tetherTakeOut', { take_reply_out: takeOut });
