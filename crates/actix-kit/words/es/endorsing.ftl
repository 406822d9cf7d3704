# Una red que avala sin que se lo pidan.
wa-endorse-unasked = Avalar a alguien que no lo ha pedido
wa-endorse-unasked-hint = Una persona de su red o de uno de sus miembros que esté inscrita en este congreso.
wa-endorse-person = De su propia gente
wa-endorse-email = O por la dirección de su cuenta
wa-endorse-email-hint = Para una persona de un miembro de su red.
done-endorsed = Ahora tiene la palabra y participa en el consenso. Se lo hemos comunicado por carta.
delegation-endorsing = Asamblea Mundial: a quién avala su red
