// Page script: texts in a ticket's composer.
import { listen } from './common/listen.js';
import { place } from './zendesk/place.js';
import { writeReply } from './zendesk/write-reply.js';

listen('tetherCompose', { write_note: (job) => place(job, 'internal'), write_reply: writeReply });
