// Page script: the Organization field of a user's page.
import { listen } from './common/listen.js';
import { fillOrganization } from './zendesk/organization.js';

listen('tetherOrganization', { fill_organization: fillOrganization });
