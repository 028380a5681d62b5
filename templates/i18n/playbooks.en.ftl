### Playbooks of a plan: offered, running, once more.

playbook-offered = Offered
playbook-offered-why = The figures of the last two turns call for it.
playbook-running = It runs now; its steps stand in the plan.
playbook-again = Launch it again
playbook-today-title = A playbook for now
playbook-today-why = The figures of { $manager } call for “{ $playbook }”.
playbook-today-why-own = Your figures call for “{ $playbook }”. It takes you through it step by step.
playbook-today-open = Look at it on the plan
playbook-mail = Offered for { $manager }: { $playbook }. The figures call for it; launch it from the plan.
