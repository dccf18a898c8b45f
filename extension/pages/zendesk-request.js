// Page script: writes through Zendesk's API.
import { listen } from './common/listen.js';
import { request } from './zendesk/request.js';

listen('tetherRequest', { request });
