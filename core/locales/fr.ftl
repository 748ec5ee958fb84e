# Texts for members, in French. ar.ftl has the same names.

## On several screens
app-name = Services FOS
foundation = Fondation des Œuvres Sociales
ministry = Ministère de l’Économie et des Finances
language-name = Français
language-label = Langue
back = Retour
close = Fermer
show-password = Afficher le mot de passe
hide-password = Masquer le mot de passe
copy = Copier
loading = Chargement
try-again = Réessayer
services = Services
requests = Demandes
choose = Choisir
search = Chercher
profile = Mon compte
charter = Charte d’utilisation
devices = Mes appareils
clear-search = Effacer la recherche
no-city = Aucun résultat pour ce nom. Essayez moins de lettres.
calendar = Choisir le jour dans le calendrier
copied = Copié
problem-icon = Attention
done = Terminé
working = En cours
masked = masqué
refresh = Actualiser

## Dates: month names as Morocco writes them
month = { $number ->
    [1] janvier
    [2] février
    [3] mars
    [4] avril
    [5] mai
    [6] juin
    [7] juillet
    [8] août
    [9] septembre
    [10] octobre
    [11] novembre
   *[12] décembre
  }
date-long = { $day ->
    [1] 1er
   *[other] { $day }
  } { $month } { $year }
date-short = { $day ->
    [1] 1er
   *[other] { $day }
  } { $month }
date-and-time = { $date } à { $time }
days-left = { $days ->
    [0] dernier jour
    [one] { $days } jour restant
   *[other] { $days } jours restants
  }

## The four steps of a first access
step = Étape { $now } sur { $of } · { $name }
step-ask = vos informations
step-mail = le courriel et la connexion
step-charter = lisez, puis choisissez
step-password = la dernière

## Sign-in (guide steps 1, 2 and 5)
title-sign-in = Connexion
first-time = Première fois ici ? Mot de passe oublié ?
first-time-text = Nous vous envoyons un mot de passe provisoire par courriel.
action-ask-password = Récupérer mot de passe
action-sign-in = Se connecter
field-password = Mot de passe
field-captcha = Je ne suis pas un robot

## Signing in again, in the space
title-sign-in-again = Reprendre la session
intro-sign-in-again = Votre session a pris fin, rien n’est perdu. Saisissez le mot de passe du numéro { $ppr }.
notice-other-member = Ce n’est pas vous, ou mot de passe oublié ? Fermez, puis déconnectez-vous dans « Mon compte ».
notice-work-kept = Vos demandes non envoyées restent chiffrées sur ce téléphone pendant 30 jours, pour vous seul : vous les retrouverez en vous reconnectant.
notice-session-revoked = Votre session a été fermée : par vous depuis un autre appareil, ou par la fondation. Ce qui n’est pas encore envoyé reste scellé trente jours sur ce téléphone et revient quand vous vous connectez.
notice-sign-in-again = Votre session a pris fin. Ce que vous voyez est enregistré sur votre téléphone.
action-sign-in-again = Se reconnecter

## Password request (guide step 3)
title-password-request = Récupérer mot de passe
action-send = Envoyer
field-kind = Je suis
option-active = En activité
option-retired = À la retraite
field-ppr = Numéro de PPR (SOM)
field-own-ppr = { field-ppr }
help-ppr = Il figure sur votre bulletin de paie, ou sur votre titre de pension si vous êtes à la retraite.
field-cin = Numéro de carte nationale (CIN)
field-email-active = Adresse électronique professionnelle
help-email-active = Le mot de passe y sera envoyé : vérifiez chaque lettre.
field-email-retired = Adresse électronique
help-email-retired = L’adresse connue de la Fondation. Si elle n’en connaît aucune, proposez la vôtre.
field-pension = Numéro de pension
help-pension = Il figure sur les documents de votre caisse de retraite.
notice-password-request = Ces informations servent à vous reconnaître et à vous envoyer le mot de passe. Seuls les agents de la Fondation chargés des services les consultent. Vous pouvez y accéder, les rectifier et vous opposer à leur usage (loi 09-08).

## Waiting for the mail (guide step 4)
title-mail-sent = Le courriel est en route
sent-to = Envoyé ({ $time }) à
if-match = Si ces informations correspondent à nos dossiers, vous recevrez un courriel avec votre mot de passe.
action-correct-address = Corriger mes informations
action-have-password = J’ai reçu le mot de passe
action-ask-again = Demander un autre courriel
ask-again-after = Autre courriel possible dans { $time }
mail-hint-time = Il arrive d’habitude en moins de 5 minutes.
mail-hint-spam = Regardez aussi dans les indésirables (Spam).
mail-hint-key = Le mot de passe est valable 24 heures, jusqu’à ce que vous choisissiez le vôtre.
mail-hint-late = Toujours rien ? Relisez les informations ci-dessus lettre par lettre, corrigez-les ou appelez la Fondation.
mail-hint-retired = Si la Fondation n’avait pas d’adresse pour vous, elle confirme d’abord celle-ci : le courriel vient ensuite, sans nouvelle demande.

## The charter (guide step 6)
charter-version = Version { $version }
action-read-on = Continuer la lecture
action-accept = Accepter
action-refuse = Refuser
charter-read-through = Vous êtes au bout de la charte : votre réponse se donne à la fin du texte.
question-refuse = Refuser la charte ?
question-refuse-text = Sans elle, aucun service ne s’ouvre. Vous serez déconnecté. Vous pourrez revenir avec le même mot de passe, la relire et l’accepter.
action-refuse-charter = Refuser et se déconnecter
action-keep-reading = Revenir à la charte
charter-accepted = Acceptée le { $date }

## The new password (guide step 7)
title-new-password = Nouveau mot de passe
intro-new-password = Choisissez un mot de passe connu de vous seul. Celui du courriel ne servira plus.
field-new = Nouveau mot de passe
help-new = Une courte phrase se retient mieux qu’un mot compliqué.
field-again = Écrivez-le une seconde fois
action-change-password = Changer le mot de passe
rule-length = 12 caractères au moins
rule-identifiers = Ni PPR, ni CIN, ni numéro de pension, ni adresse
rule-common = Pas un mot de passe courant
rule-new = Différent de l’ancien
strength-weak = Trop facile à deviner
strength-fair = Convenable
strength-good = Bon
strength-strong = Très bon
title-change-password = Changer le mot de passe
intro-change-password = Vos autres appareils seront déconnectés.
field-current = Mot de passe actuel
password-changed = Le mot de passe est changé.

## Services (guide step 8)
title-services = Services
search-hint = Chercher un service
category-all = Tout
category-retirement = Retraite
category-health = Santé
category-family = Famille
category-housing = Logement
category-travel = Voyages
category-credit = Crédits
category-culture = Culture et loisirs
group-open = Ouverts
group-announced = Annoncés
group-closed = Fermés
group-not-for-you = Pour d’autres membres
paper-circular = Circulaire { $number }
paper-notice = Communiqué { $number }
paper-label = Référence
until = jusqu’au { $date }
all-year = toute l’année
opens-on = Ouvre le { $date }
opens-later = Ouvre bientôt
closed-on = Fermé le { $date }
closed = Fermé
open = Ouvert
deadline = Date limite
opening = Ouverture
amount = Montant
documents = Préparez ces documents
action-plus = Faire une demande
plus-for = Faire une demande : { $service }
your-request = Votre demande
your-request-queued = en attente d’envoi
your-request-filed = n° { $number }, déposée le { $date }
unfinished = Demande à finir : { $service }
welcome = C’est fait : vous avez votre mot de passe et la charte est acceptée. Choisissez un service et touchez « + » pour faire votre demande.
why-announced = Ce service n’est pas encore ouvert. Il ouvrira avec la publication de sa circulaire ou de son communiqué.
why-closed = Le délai de dépôt des demandes est passé.
for-active = Membres en activité
for-retired = Membres retraités
not-for-you = Pas pour vous
why-for-active = Ce service est réservé aux membres en activité.
why-for-retired = Ce service est réservé aux membres retraités.
why-not-for-you = Ce service ne vous concerne pas.
action-circular = Lire la circulaire
action-notice = Lire le communiqué
pdf-size = PDF · { $kilobytes } Ko
pdf-kept = enregistré sur votre téléphone
no-circular = La circulaire de ce service n’est pas encore publiée.
nothing-found = Aucun service de ce nom. Essayez un mot plus court.
nothing-stored = Les services ne sont pas encore chargés. Connectez-vous à Internet, puis réessayez.
title-start = Nouvelle demande
start-on-paper = Cette demande se fait sur papier : préparez ces documents et suivez la circulaire.
start-begun = Vous avez commencé cette demande. Ce que vous avez écrit est enregistré sur ce téléphone (dernière modification : { $time }).
action-fill = Remplir la demande
action-continue-filling = Continuer la demande
action-start-over = Recommencer à zéro
question-start-over = Effacer ce que vous avez écrit ?
question-start-over-text = Vos réponses à « { $service } » (dernière modification : { $time }) seront effacées. On ne peut pas les retrouver.
action-erase-draft = Effacer et recommencer
action-keep-draft = Conserver mes réponses
start-in-progress = Vous avez une demande en cours pour ce service : n° { $number }, déposée le { $date }. Elle se trouve dans « Mes demandes ».
start-queued = Une demande pour ce service attend d’être envoyée depuis ce téléphone. Elle se trouve dans « Mes demandes ».
start-already-requested = Vous avez une demande pour ce service : n° { $number }, déposée le { $date }. Il n’en accepte pas une seconde. Elle se trouve dans « Mes demandes ».
action-file-another = Faire une autre demande
action-open-earlier = Voir cette demande
start-text = Préparez ces documents, puis remplissez la demande. Ce que vous écrivez est enregistré sur ce téléphone au fur et à mesure.
action-close = J’ai compris

## «+»: filling in and filing a request
option-self = Moi-même
period-from = { $label } : premier jour
period-to = { $label } : dernier jour
help-repayment = À titre indicatif : au taux de { $rate } par an, { $total } à rembourser en tout. La décision fixe le montant.
field-instalment = Mensualité à prévoir
action-next = Suivant
action-previous = Précédent
draft-saved = Enregistré sur ce téléphone
draft-not-saved = Non enregistré : le téléphone n’a plus de place
action-file = Déposer la demande
notice-request = Votre demande et son reçu sont réservés au service qui l’étudie. Vous pouvez demander à les voir, à les rectifier ou à les effacer (loi 09-08).
title-review = Vérifiez votre demande
step-review = vérification
review-expectation = Une fois déposée, vous recevez aussitôt un reçu daté. La réponse vient dans un délai de { $days } jours au plus.
action-edit-answers = Modifier
form-lost = Ce formulaire a changé. Ce qui n’y a plus de place : { $fields }.
optional = { $label } (facultatif)
placeholder-day = jj/mm/aaaa
suffix-money = DH
help-wishes = { $max ->
    [one] Un choix au plus.
   *[other] { $max } choix au plus.
}
help-no-person = Votre dossier familial n’a encore personne. Pour ajouter quelqu’un, appelez la Fondation ou passez avec la preuve du lien de parenté.
list-separator = {", "}
request-filed = Demande déposée : n° { $number }
request-waits = Demande enregistrée sur votre téléphone : elle partira dès que le réseau le permet.
request-waits-sign-in = Demande enregistrée sur votre téléphone : elle partira dès que vous vous serez reconnecté.
money = { $amount } DH

## My requests
title-requests = Mes demandes
no-requests = Vous n’avez pas encore de demande. Choisissez un service et touchez «+».
group-drafts = À finir
group-outbox = À envoyer
group-filed = Déposées
action-delete-draft = Supprimer le brouillon
question-delete-draft = Supprimer ce brouillon ?
question-delete-draft-text = Vos réponses à « { $service } » (dernière modification : { $time }) seront effacées. On ne peut pas les retrouver.
state-draft = Brouillon
state-waiting = Sera envoyée
state-blocked = À revoir
state-filed = Déposée
state-under-review = À l’étude
state-approved = Acceptée
state-refused = Refusée
state-other = En cours
draft-changed = Modifié : { $time }
draft-progress = Étape { $at } sur { $of } · modifié : { $time }
request-will-be-sent = Elle partira dès que le réseau le permet. Touchez pour la relire.
request-will-be-sent-signed-in = Elle partira dès que vous vous serez reconnecté. Touchez pour la relire.
queued-line = Elle partira dès que le réseau le permet.
queued-line-signed-in = Elle partira dès que vous vous serez reconnecté.
action-edit = Modifier
question-edit = Modifier cette demande ?
question-edit-text = Elle ne sera pas envoyée tant que vous ne l’aurez pas déposée de nouveau.
action-edit-request = Modifier la demande
action-leave-queued = La laisser partir
blocked-service-closed = Le service n’est plus ouvert. Rien n’est perdu : touchez pour la revoir.
blocked-form-changed = Le formulaire a changé. Touchez pour la compléter et l’envoyer.
blocked-invalid-fields = Une réponse est à corriger. Touchez pour la revoir.
blocked-already-filed = Cette demande était déjà arrivée, telle qu’elle était avant vos changements.
blocked-queued-too-long = Envoyée il y a longtemps, sans réponse. Regardez si elle figure déjà parmi les demandes déposées ; sinon touchez-la et envoyez-la de nouveau.
blocked-already-requested = Vous avez déjà une demande pour ce service, qui n’en accepte pas une seconde de vous. Rien n’est perdu : touchez pour la revoir.
already-requested = Vous avez déjà cette demande : n° { $number }. Aucune seconde n’est déposée ; ce que vous avez écrit est enregistré dans « Mes demandes ».
blocked-update-needed = Mettez l’application à jour pour l’envoyer. Elle est enregistrée.
filed-on = Déposée le { $date }
answered-by = Réponse au plus tard le { $date }
appeal-until = Recours possible jusqu’au { $date }
request-number = Numéro de la demande
action-receipt = Voir le reçu
action-share-receipt = Partager le reçu
receipt-name = Reçu { $number }

## The member's account
profile-ppr = Numéro de PPR (SOM)
action-sign-out = Se déconnecter
title-leaving = Avant de vous déconnecter
leaving-waiting = { $count ->
    [one] Une demande n’est pas encore partie.
   *[other] { $count } demandes ne sont pas encore parties.
}
leaving-drafts = { $count ->
    [one] Une demande est commencée et n’est pas envoyée.
   *[other] { $count } demandes sont commencées et ne sont pas envoyées.
}
leaving-keep = Vos demandes restent chiffrées sur ce téléphone pendant 30 jours, pour vous seul : vous les retrouvez en vous reconnectant.
action-send-now = Envoyer, puis se déconnecter
action-keep-work = Conserver et se déconnecter
action-erase-work = Effacer et se déconnecter
question-erase-work = Effacer ce qui n’est pas envoyé ?
question-erase-work-text = { $work } Tout cela sera effacé de ce téléphone. On ne peut pas le retrouver.
action-confirm-erase-work = Tout effacer et se déconnecter
action-keep-editing = Revenir
error-not-all-sent = Une demande n’est pas partie : elle attend que vous la revoyiez, dans « Mes demandes ».
kind-active = Membre en activité
kind-retired = Membre retraité
theme-label = Apparence
theme-phone = Auto
theme-light = Clair
theme-dark = Sombre
action-devices = { devices }
action-charter = { charter }
devices-text = Vous êtes connecté sur ces appareils. Déconnectez celui que vous avez perdu ou prêté.
device-used = Utilisé : { $time }
device-current = Ce téléphone
action-end-device = Déconnecter

## Help, at every stage
help = Aide
action-help = { help }
title-help = Aide
contacts = Joindre la Fondation
contact-phone = Téléphone
contact-email = Adresse électronique
contact-hours = Horaires
contact-address = Adresse
about = Cette application
about-version = Version
about-code = Code pour l’assistance
action-privacy = Vos données personnelles
licences = Licences des logiciels
action-licences = { licences }
title-diagnostic = Diagnostic
action-diagnostic = { title-diagnostic }
diagnostic-text = Voici les dernières opérations de l’application. Ces lignes ne contiennent aucune donnée personnelle et ne sont jamais envoyées d’elles-mêmes : vous pouvez les transmettre à l’assistance.
action-copy-diagnostic = Copier
action-share-diagnostic = Partager
check-ppr = Le numéro de PPR (SOM) figure sur le bulletin de paie, et sur le titre de pension pour un retraité.
check-forgotten = Première fois ou mot de passe oublié : touchez « Récupérer mot de passe ».
check-network = Vérifiez la connexion à Internet : ouvrez une autre application qui s’en sert.
check-clock = Ce téléphone indique le { $phone }. Si c’est faux, corrigez la date et l’heure dans les réglages.
check-clock-right = La date et l’heure de ce téléphone sont justes : { $phone }.
check-clock-wrong = Ce téléphone indique le { $phone }, mais la Fondation le { $portal }. Corrigez la date et l’heure dans les réglages.
check-address = Relisez l’adresse lettre par lettre ; corrigez-la s’il le faut.
check-retired-address = Retraité sans adresse connue : la Fondation confirme la vôtre avant d’écrire.
check-charter = Lisez la charte jusqu’au bout : « Accepter » et « Refuser » apparaissent à la fin.
check-new-password = Le mot de passe est accepté quand toutes les règles sont cochées.
check-opening = Les services ouvrent un à un, chacun avec sa circulaire ou son communiqué : un service annoncé n’a pas encore de « + ».
check-refresh = Tirez la liste vers le bas pour l’actualiser.
privacy-authorisation = Autorisation
authorisation = Autorisation CNDP n° { $number }.

## Screens and notices of maintenance and updates
title-gate-maintenance = Maintenance
title-gate-update = Mise à jour nécessaire
notice-maintenance = L’application est en maintenance. Réessayez un peu plus tard.
notice-maintenance-until = L’application est en maintenance. Elle reprend vers { $time }.
notice-update = Une version plus récente de l’application est disponible.
notice-update-needed = Cette version ne permet plus d’envoyer. Mettez l’application à jour ; ce qu’elle a enregistré reste lisible.
action-recheck = Vérifier maintenant
action-update = Mettre à jour

## Problems with form fields
problems = { $count ->
    [one] Un champ est à corriger.
   *[other] { $count } champs sont à corriger.
  }
problem-link = { $field } : { $problem }
problem-required = Remplissez ce champ.
problem-choose = Choisissez une réponse.
problem-captcha = Touchez la case pour confirmer que vous n’êtes pas un robot.
problem-captcha-failed = La vérification n’a pas abouti. Touchez la case de nouveau.
problem-ppr = De 4 à 9 chiffres, comme sur le bulletin de paie ou le titre de pension.
problem-ppr-swapped = Cela ressemble au numéro de la carte nationale. Les avez-vous échangés ? Le numéro de PPR n’a que des chiffres.
problem-cin-swapped = Cela ressemble au numéro de PPR. Les avez-vous échangés ? Le numéro de la carte commence par une lettre.
problem-cin = Une ou deux lettres latines puis des chiffres, comme sur la carte.
problem-email = Écrivez l’adresse entière, telle que votre administration la connaît.
problem-unknown-domain = Utilisez votre adresse professionnelle, pas une adresse personnelle.
problem-pension = Chiffres et lettres, comme sur les documents de votre caisse de retraite.
problem-too-short = { $limit ->
    [one] Il manque un caractère.
   *[other] Il manque { $limit } caractères.
  }
problem-too-long = 128 caractères au plus.
problem-contains-identifier = N’y mettez ni PPR, ni CIN, ni numéro de pension, ni adresse.
problem-common = Trop facile à deviner : choisissez une phrase à vous.
problem-wrong-password = Ce n’est pas votre mot de passe actuel. Réécrivez-le.
problem-same-as-before = Choisissez un autre mot de passe que l’ancien.
problem-differs = Il ne correspond pas au premier. Réécrivez-le.
problem-declare = Touchez la case pour déclarer.
problem-money = Écrivez un montant en dirhams, comme 1.500,00.
problem-money-ambiguous = Voulez-vous dire { $first } ou { $second } ? Écrivez l’un des deux.
problem-integer = Écrivez un nombre, en chiffres.
problem-day = Écrivez le jour, le mois et l’année, comme 25/11/2026.
problem-day-century = Écrivez l’année en quatre chiffres, comme 1948 ou 2026.
problem-no-such-day = Le { $day } n’existe pas : ce mois a moins de jours. Vérifiez le jour et le mois.
problem-phone-short = { $limit ->
    [one] Il manque un chiffre sur les dix.
   *[other] Il manque { $limit } chiffres sur les dix.
}
problem-phone-long = { $limit ->
    [one] Il y a un chiffre de trop : il en faut dix.
   *[other] Il y a { $limit } chiffres de trop : il en faut dix.
}
problem-phone = Un numéro marocain de dix chiffres, comme 06 12 34 56 78.
problem-bank-account = Les 24 chiffres du RIB, comme sur le relevé de compte.
problem-bank-account-short = { $limit ->
    [one] Il manque un chiffre sur les 24.
   *[other] Il manque { $limit } chiffres sur les 24.
}
problem-bank-account-long = { $limit ->
    [one] Il y a un chiffre de trop : il en faut 24.
   *[other] Il y a { $limit } chiffres de trop : il en faut 24.
}
problem-bank-account-key = Un de ces 24 chiffres est faux. Comparez-les avec votre relevé de compte.
problem-iban = Un chiffre de cet IBAN est faux. Comparez-le avec votre relevé de compte.
problem-too-many-letters = { $limit ->
   *[other] { $limit } caractères au plus.
}
problem-too-few = { $limit ->
    [one] Choisissez-en au moins un.
   *[other] Choisissez-en au moins { $limit }.
}
problem-too-many = { $limit ->
    [one] Un seul.
   *[other] { $limit } au plus.
}
problem-too-small = { $limit } au moins.
problem-too-large = { $limit } au plus.
problem-too-early = Choisissez un jour à partir du { $limit }.
problem-too-late = Choisissez un jour jusqu’au { $limit }.
problem-too-long-period = { $days ->
    [one] Un jour au plus : le { $limit }.
   *[other] { $days } jours au plus : jusqu’au { $limit }.
}
problem-one-of = Remplissez au moins un de ces champs.
problem-no-person = Votre dossier familial n’a personne pour ce champ.
problem-wishes-full = { $limit ->
    [one] Vous en avez choisi un, le maximum. Touchez-le pour le retirer avant d’en choisir un autre.
   *[other] Vous en avez choisi { $limit }, le maximum. Touchez-en un pour le retirer avant d’en choisir un autre.
}
problem-refused = Cette valeur n’est pas acceptée. Vérifiez-la.

## Errors
file-set-aside = Ce qui était enregistré sur ce téléphone ne s’ouvre pas. C’est mis de côté, sans rien effacer, et l’on recommence.
offline-notice = Pas de connexion à Internet.
offline-notice-stored = Pas de connexion à Internet. Les services et vos demandes sont enregistrés sur votre téléphone.
network-blocked-notice = Ce réseau bloque l’accès à la Fondation.
network-blocked-notice-stored = Ce réseau bloque l’accès à la Fondation. Les services et vos demandes sont enregistrés sur votre téléphone.
error-service-closed = Ce service n’est pas ouvert en ce moment. Votre demande est enregistrée.
error-form-changed = Le formulaire a changé. Votre demande est enregistrée : complétez-la.
error-filed-already = Cette demande est déjà arrivée.
error-left-already = Cette demande est déjà partie.
error-draft-begun = Vous avez commencé une autre demande pour ce service : envoyez-la d’abord, ou recommencez-la à zéro.
error-offline = Pas de connexion à Internet. Réessayez dès son retour.
input-kept = Votre saisie est enregistrée sur ce téléphone.
password-unconfirmed = Le changement du mot de passe n’est pas confirmé.
error-network-blocked = Ce réseau ne laisse pas passer l’application, comme souvent au bureau. Utilisez les données mobiles ou un autre Wi-Fi.
error-service-silent = La Fondation ne répond pas pour l’instant.
error-clock = La date de ce téléphone semble fausse : { $date }. Corrigez-la dans les réglages, puis réessayez.
error-too-large = Ce fichier est trop grand pour être ouvert ici. Demandez-le à la fondation.
error-try-later = La Fondation reçoit beaucoup de demandes en ce moment. Réessayez dans un instant.
error-maintenance = L’application est en maintenance. Réessayez un peu plus tard.
error-try-later-minutes = { $minutes ->
    [one] Réessayez dans une minute.
   *[other] Réessayez dans { $minutes } minutes.
  }
error-fields = Vérifiez les champs signalés, puis réessayez.
error-credentials = Numéro de PPR ou mot de passe incorrect. Vérifiez-les, ou demandez un nouveau mot de passe.
error-password-already-set = Le mot de passe a déjà été changé au premier essai. Utilisez-le la prochaine fois, ou demandez-en un nouveau.
error-sign-in-again = Votre session a pris fin. Saisissez de nouveau votre mot de passe.
error-charter-renewed = Une nouvelle version de la charte est parue. Lisez-la de nouveau.
error-update-needed = Cette version est trop ancienne. Mettez l’application à jour, puis réessayez.
error-not-allowed = Lisez d’abord la charte et changez votre mot de passe.
error-not-now = Cette action n’est pas possible à cette étape.
error-unknown-service = Ce service n’est plus proposé.
error-key-store-protected = Le coffre du téléphone est verrouillé pour l’instant. Déverrouillez le téléphone, puis réessayez : rien n’est perdu.
error-storage = Impossible d’enregistrer sur le téléphone. Libérez de la place, puis réessayez.
error-bug = Un imprévu est survenu. Réessayez ; s’il se répète, donnez à la Fondation le code { $reference }.

## The app does not open: read by both systems too, since the core may not be there
title-opening-failed = L’application ne s’ouvre pas
error-opening = L’application ne peut pas ouvrir ce qui est enregistré sur ce téléphone. Rien n’est effacé.
error-app-incomplete = Une partie de l’application manque, ou ne convient pas à ce téléphone. Rien de ce qui y est enregistré n’est effacé.
opening-check-restart = Redémarrez le téléphone, puis réessayez.
opening-check-update = Mettez l’application à jour. Ne la désinstallez pas : ce qui n’est pas encore envoyé serait perdu.
opening-check-call = Si cela ne suffit pas, appelez la Fondation et donnez-lui le code.
action-set-aside = Recommencer sans ces données
question-set-aside = Recommencer sans ce qui est enregistré ici ?
question-set-aside-text = L’application s’ouvrira comme sur un téléphone neuf. Ce qui est enregistré est mis de côté sur ce téléphone, sans rien effacer. Connectez-vous ensuite : vos demandes déposées reviennent. Les brouillons et les demandes pas encore envoyées ne se verront plus, jusqu’à ce que l’assistance les retrouve.
action-set-aside-confirm = Mettre de côté et recommencer
action-set-aside-cancel = Ne rien changer
