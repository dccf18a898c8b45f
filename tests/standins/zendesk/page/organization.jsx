// One organization: its fields and its users.

import { useEffect, useState } from 'react';
import { api } from './api.js';

export function OrganizationPane({ id, isActive, entitle, open }) {
  const [organization, setOrganization] = useState(null);
  const [users, setUsers] = useState([]);
  const [notice, setNotice] = useState('Loading…');
  useEffect(() => {
    api(`organizations/${id}`)
      .then((answer) => {
        setOrganization(answer.organization);
        entitle({ kind: 'organizations', id }, answer.organization.name);
      })
      .catch((error) => setNotice(`The organization could not be shown: ${error.message}`));
    api(`organizations/${id}/users?page[size]=100`)
      .then((answer) => setUsers(answer.users))
      .catch(() => setUsers([]));
  }, [id, entitle]);
  return (
    <div
      className="user-pane"
      data-test-id={`organization-${id}-pane`}
      style={isActive ? undefined : { display: 'none' }}
    >
      {!organization ? (
        <p className="wait" role="status">
          {notice}
        </p>
      ) : (
        <>
          <aside className="properties" aria-label="Organization">
            <div className="property">
              <span className="name">Domains</span>
              <span className="box">{organization.domain_names.join(' ') || '-'}</span>
            </div>
            {Object.entries(organization.organization_fields).map(([key, value]) => (
              <div className="property" key={key}>
                <span className="name">{key}</span>
                <span className="box">{value === null ? '-' : String(value)}</span>
              </div>
            ))}
            <div className="property">
              <span className="name">Details</span>
              <textarea readOnly value={organization.details} />
            </div>
            <div className="property">
              <span className="name">Notes</span>
              <textarea readOnly value={organization.notes} />
            </div>
          </aside>
          <section className="conversation">
            <h1>{organization.name}</h1>
            <h2>Users</h2>
            <table className="list">
              <tbody>
                {users.map((one) => (
                  <tr key={one.id}>
                    <td>
                      <a
                        href={`/agent/users/${one.id}`}
                        onClick={(event) => open(event, { kind: 'users', id: String(one.id) })}
                      >
                        {one.name}
                      </a>
                    </td>
                    <td>{one.email}</td>
                    <td>{one.suspended ? 'suspended' : one.role}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
        </>
      )}
    </div>
  );
}
