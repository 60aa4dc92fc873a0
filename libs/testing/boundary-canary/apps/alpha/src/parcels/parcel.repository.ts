import '../../../../libs/persistence/schemas/alpha/parcels.js';
import '../../../../libs/persistence/schemas/beta/secrets.js';
