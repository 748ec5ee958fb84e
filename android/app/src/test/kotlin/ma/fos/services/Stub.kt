package ma.fos.services
