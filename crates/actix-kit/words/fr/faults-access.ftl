# Why somebody may not, beyond what everybody may be told.
fault-no_rule = Les organisateurs n’ont pas encore fixé qui peut le faire. Adressez-vous à eux.
fault-in_arrears = Votre organisation doit des cotisations : vous pouvez assister et lire, mais non voter. Une fois réglées, vous le pourrez.
fault-call_required = C’est réservé à celles et ceux dont la proposition a été retenue lors d’un appel. Voyez les appels ouverts.
fault-not_invited = C’est sur invitation. Vous pouvez en demander une.
fault-not_endorsed = Il y faut le soutien d’un réseau de la Global Taskforce. Demandez-le au vôtre.
